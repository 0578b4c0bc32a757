from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from enggang.config.urls import urlpatterns as ours


@csrf_exempt
def bare_insert(request: HttpRequest) -> HttpResponse:
    """The least a check-in can be: one row, nothing looked at, nothing on record about it."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (scan) VALUES (%s)", [request.body.decode()])
    return HttpResponse(b"{}", content_type="application/json")


urlpatterns = [path("bare/", bare_insert), *ours]

"""The rival of ``bench.seats``: the same server, middleware, CSRF check and form; then one INSERT and a redirect."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import include, path

from enggang.training.forms.registrations import SelfRegistrationForm


def bare(request: HttpRequest) -> HttpResponse:
    form = SelfRegistrationForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (nip, name) VALUES (%s, %s)", [form.data["nip"], form.data["name"]])
    return HttpResponseRedirect("/")


urlpatterns = [path("bare/", bare), path("", include("enggang.config.urls"))]

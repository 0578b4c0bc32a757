"""Every event that visitors can register for now. Reads only; the forms are the events' own."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enggang.events.queries.open_editions import open_editions, told
from enggang.portal.forms.registrations import RegistrationsForm

PER_PAGE = 24


@require_safe
def registrations(request: HttpRequest) -> HttpResponse:
    form = RegistrationsForm(request.GET, rows=open_editions())
    rows = form.narrowed().with_names().order_by("starts_on", "event__name_key", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "opened": told(page.object_list)}
    return render(request, "portal/registrations.html", context)

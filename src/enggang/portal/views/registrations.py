"""Every event that visitors can register for now. Reads only; the forms are the events' own."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from enggang.events.queries.open_editions import open_editions, told
from enggang.portal.forms.registrations import RegistrationsForm
from enggang.portal.pages import public_page, show

PER_PAGE = 24


@public_page
def registrations(request: HttpRequest, language: str) -> HttpResponse:
    form = RegistrationsForm(request.GET, rows=open_editions())
    rows = form.narrowed().with_names().order_by("starts_on", "event__name_key", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "opened": told(page.object_list)}
    return show(request, "portal/registrations.html", context, language=language, name="registrations")

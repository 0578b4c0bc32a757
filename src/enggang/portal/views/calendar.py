"""The calendar of events for visitors: as a list, as a month, on the map."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from enggang.core import clock
from enggang.core.paging import COUNTED, BoundedPaginator
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.pages import faces_of
from enggang.portal.forms.calendar import CalendarForm
from enggang.portal.pages import clean, public_page, show, whole
from enggang.portal.queries.agenda import in_order, month_of_spots, month_read, narrowed, of_keys, regions_used
from enggang.portal.queries.maps import map_of_events

PER_PAGE, BELOW = 24, 12
VIEWS = ("daftar", "bulan", "peta")
KEPT = ("daerah", "jenis", "gratis", "akses")


@public_page
def agenda(request: HttpRequest, language: str) -> HttpResponse:
    today = clock.today()
    asked = {name: clean(value) for name, value in request.GET.items()}
    form = CalendarForm(asked, regions=regions_used(), today=today)
    view = form.asked.get("tampilan") or VIEWS[0]
    shown = {"bulan": _month, "peta": _map}.get(view, _list)
    context = {
        "form": form,
        "today": today,
        "view": view if view in VIEWS else VIEWS[0],
        **shown(request, form, language),
        "subscribe_href": _subscribe(request, language),
    }
    return show(request, "portal/agenda.html", context, language=language, name="agenda")


def _subscribe(request: HttpRequest, language: str) -> str:
    """What was asked for, as a calendar that a phone follows."""
    kept = {name: value for name, value in request.GET.items() if name in KEPT and value}
    query = f"?{urlencode(kept)}" if kept else ""
    return "webcal://" + whole("calendar_file", language).partition("://")[2] + query


def _list(request: HttpRequest, form: CalendarForm, language: str) -> dict[str, Any]:
    return _listed(request, narrowed(form.asked, clock.today()), language)


def _month(request: HttpRequest, form: CalendarForm, language: str) -> dict[str, Any]:
    """The month names what is on; below it stand the cards of the first of it, and the rest by page."""
    today = clock.today()
    first, spots = month_read(form.asked, today)
    page = Paginator([spot.pk for spot in spots[:COUNTED]], BELOW).get_page(request.GET.get("hal"))
    page.object_list = of_keys(page.object_list)  # type: ignore[assignment, arg-type]  # their keys, until here
    faces = faces_of(page.object_list, language)  # type: ignore[arg-type]
    month = month_of_spots(first, spots, language, today)
    return {"month": month, "page": page, "faces": faces, "count": len(spots)}


def _map(request: HttpRequest, form: CalendarForm, language: str) -> dict[str, Any]:
    rows = narrowed(form.asked, clock.today())
    return {"drawn": map_of_events(rows, language), **_listed(request, rows, language)}


def _listed(request: HttpRequest, rows: EditionQuerySet, language: str) -> dict[str, Any]:
    """The page of the list that was asked for, below whatever is drawn."""
    pages = BoundedPaginator(rows, PER_PAGE)
    page = pages.get_page(request.GET.get("hal"))
    page.object_list = in_order(page.object_list)  # type: ignore[arg-type]  # a slice of rows; read once
    return {"page": page, "faces": faces_of(page.object_list, language), "count": pages.found}

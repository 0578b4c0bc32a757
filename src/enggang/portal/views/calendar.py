"""The calendar of events for visitors: as a list, as a month, on the map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.paging import COUNTED, BoundedPaginator
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.pages import Face, faces_of
from enggang.portal.caching import looked_up
from enggang.portal.forms.calendar import CalendarForm
from enggang.portal.pages import clean, public_page, show, whole
from enggang.portal.queries.agenda import Month, in_order, month_of_spots, month_read, narrowed, of_keys
from enggang.portal.queries.maps import map_of_events

PER_PAGE, BELOW = 24, 12
VIEWS = ("daftar", "bulan", "peta")
KEPT = ("daerah", "jenis", "gratis", "akses")


@public_page
def agenda(request: HttpRequest, language: str) -> HttpResponse:
    today = clock.today()
    asked = {name: clean(value) for name, value in request.GET.items()}
    form = CalendarForm(asked, today=today)
    view = form.asked.get("tampilan") or VIEWS[0]
    shown = {"bulan": _month, "peta": _map}.get(view, _list)
    context = {
        "form": form,
        "today": today,
        "view": view if view in VIEWS else VIEWS[0],
        **shown(request, form, language),
        "subscribe_href": _subscribe(request, language),
        "embed_code": _frame(request, language),
    }
    return show(request, "portal/agenda.html", context, language=language, name="agenda")


def _subscribe(request: HttpRequest, language: str) -> str:
    """What was asked for, as a calendar that a phone follows."""
    return "webcal://" + whole("calendar_file", language).partition("://")[2] + _asked(request)


def _frame(request: HttpRequest, language: str) -> str:
    """What was asked for, as a frame that regencies and hotels put on their own sites."""
    address = whole("embed", language) + _asked(request)
    title = escape(_("Events of West Kalimantan"))
    return (
        f'<iframe src="{escape(address)}" width="360" height="480" loading="lazy" style="border:0" title="{title}">'
        "</iframe>"
    )


def _asked(request: HttpRequest) -> str:
    kept = {name: value for name, value in request.GET.items() if name in KEPT and value}
    return f"?{urlencode(kept)}" if kept else ""


class Read(NamedTuple):
    """What a page of the calendar tells: how many there are, which page it is, and the cards on it."""

    found: int
    number: int
    faces: list[Face]
    month: Month | None = None


def _list(request: HttpRequest, form: CalendarForm, language: str) -> dict[str, Any]:
    hal = request.GET.get("hal")
    read = _looked_up(form, language, hal, lambda today: _listed(narrowed(form.asked, today), hal, language))
    return _told(read, PER_PAGE)


def _month(request: HttpRequest, form: CalendarForm, language: str) -> dict[str, Any]:
    """The month names what is on; below it stand the cards of the first of it, and the rest by page."""
    hal = request.GET.get("hal")
    read = _looked_up(form, language, hal, lambda today: _month_of(form.asked, hal, language, today))
    return {"month": read.month, **_told(read, BELOW)}


def _map(request: HttpRequest, form: CalendarForm, language: str) -> dict[str, Any]:
    drawn = map_of_events(narrowed(form.asked, clock.today()), language)
    return {"drawn": drawn, **_list(request, form, language)}


def _looked_up(form: CalendarForm, language: str, hal: str | None, make: Callable[[date], Read]) -> Read:
    """Links carry words of their own, but ask the same; what was typed is asked by few and not kept."""
    today = clock.today()
    if form.asked.get("cari"):
        return make(today)
    return looked_up(f"agenda {language} {today} {sorted(form.asked.items())} {hal}", lambda: make(today))


def _listed(rows: EditionQuerySet, hal: str | None, language: str) -> Read:
    pages = BoundedPaginator(rows, PER_PAGE)
    page = pages.get_page(hal)
    return Read(pages.found, page.number, faces_of(in_order(page.object_list), language))  # type: ignore[arg-type]  # a slice of rows


def _month_of(asked: dict[str, Any], hal: str | None, language: str, today: date) -> Read:
    first, spots = month_read(asked, today)
    page = Paginator([spot.pk for spot in spots[:COUNTED]], BELOW).get_page(hal)
    faces = faces_of(of_keys(page.object_list), language)  # type: ignore[arg-type]  # their keys
    return Read(len(spots), page.number, faces, month_of_spots(first, spots, language, today))


def _told(read: Read, per_page: int) -> dict[str, Any]:
    page = BoundedPaginator.of(read.found, per_page).page(read.number)
    return {"page": page, "faces": read.faces, "count": read.found}

"""The calendar of events for visitors: as a list, as a month, on the map."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from enggang.core import clock
from enggang.events.queries.pages import faces_of
from enggang.portal.forms.calendar import CalendarForm
from enggang.portal.pages import clean, public_page, show, whole
from enggang.portal.queries.agenda import map_of_faces, month_of_faces, month_shown, narrowed, regions_used

PER_PAGE = 24
MOST = 400  # editions on one map or in one month
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
    rows = narrowed(form.asked, clock.today())
    page = Paginator(rows.with_names(), PER_PAGE).get_page(request.GET.get("hal"))
    return {"page": page, "faces": faces_of(list(page.object_list), language), "count": page.paginator.count}


def _month(_request: HttpRequest, form: CalendarForm, language: str) -> dict[str, Any]:
    today = clock.today()
    first = month_shown(form.asked, today)
    rows = narrowed({**form.asked, "kapan": f"{first:%Y-%m}"}, today).with_names()[:MOST]
    faces = faces_of(list(rows), language)
    return {"month": month_of_faces(first, faces, today), "faces": faces, "count": len(faces)}


def _map(_request: HttpRequest, form: CalendarForm, language: str) -> dict[str, Any]:
    faces = faces_of(list(narrowed(form.asked, clock.today()).with_names()[:MOST]), language)
    return {"drawn": map_of_faces(faces), "faces": faces, "count": len(faces)}

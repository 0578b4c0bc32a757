"""Dashboards: an agency with what stands below it, and a regency as that agency sees it. From summary tables alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from enggang.core import clock, registries
from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.impact import rules
from enggang.impact.exports import FIGURES, REGIONS
from enggang.impact.queries import dashboard as boards
from enggang.impact.queries.telling import TONES
from enggang.impact.views.finding import organisation_of
from enggang.indicators.models import Indicator
from enggang.indicators.queries.page import drawing_of, recent_series
from enggang.indicators.queries.standing import standings_of
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.places.models.organisation import below

MEASURE = "events.visitors"  # on the map until another one is chosen
MOST_INDICATORS, MOST_BELOW = 24, 60


@require_http_methods(LIST_METHODS)
def dashboard(request: HttpRequest, code: str = "") -> HttpResponse:
    organisation = organisation_of(request, code)
    if not code:
        return redirect("impact:dashboard", code=organisation.code)
    return _answer(request, organisation, None)


@require_http_methods(LIST_METHODS)
def region(request: HttpRequest, code: str, region: str) -> HttpResponse:
    """A regency or city: what the agency and those below it have done there."""
    organisation = organisation_of(request, code)
    row = get_object_or_404(Region.objects.defer("outline"), code=region, level=RegionLevel.REGENCY)
    return _answer(request, organisation, row)


def _answer(request: HttpRequest, organisation: Organisation, place: Region | None) -> HttpResponse:
    today = clock.today(organisation.time_zone)
    measure = request.GET.get("ukuran", MEASURE)
    if measure not in registries.day_figures:
        raise Http404
    smalls = boards.smalls_of(organisation, today, place.code if place else "")
    drawn = _map(organisation, measure, today, place)
    indicators = _indicators(organisation, today, place)
    context = {
        "organisation": organisation, "place": place, "smalls": smalls, "current_at": boards.current_at(), "map": drawn,
        "measure": measure, "source": registries.day_figures[measure], "indicators": indicators, "below": [] if place else _below(request, organisation),
    }  # fmt: skip
    about, rows = organisation.subject, [(small, each) for small in smalls for each in small.amounts]
    return answer_page(
        request, "impact/dashboard.html", context, FIGURES.of(rows, about=about),
        REGIONS.of(drawn.listed if drawn else [], about=about),
    )  # fmt: skip


def _map(organisation: Organisation, measure: str, today: Any, place: Region | None) -> boards.RegionMap | None:
    province = place.code[:2] if place else (organisation.region_id or "")[:2]
    sums = boards.region_sums(organisation, measure, today)
    return boards.map_of_regions(province or next((code[:2] for code in sums), ""), sums, place.code if place else "")


def _indicators(organisation: Organisation, today: Any, place: Region | None) -> list[tuple[Any, Any, str]]:
    """Each with how it stands, its small drawing and the tone of its badge; of a regency those measured there."""
    found = Indicator.objects.in_use().filter(below(organisation.path, "organisation__path")).with_names()
    found = found.filter(by_region=True) if place else found
    rows = list(found.order_by("kind", "name_key")[:MOST_INDICATORS])
    series = recent_series(rows, today, place.code if place else "")
    return [
        (each, drawing_of(each.indicator, series[each.indicator.pk], [], None), TONES.get(each.course, "neutral"))
        for each in standings_of(rows, today)
        if not place or any(point.row for point in series[each.indicator.pk])
    ]


def _below(request: HttpRequest, organisation: Organisation) -> list[Organisation]:
    rows = Organisation.objects.on().held_by(actor_of(request), *rules.READS).filter(parent=organisation)
    return list(rows.select_related("subject").order_by("name_key")[:MOST_BELOW])

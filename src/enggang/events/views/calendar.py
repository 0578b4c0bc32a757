"""The calendar of the province: by month, as a whole year, by stage."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.events import exports as sheets
from enggang.events import rules
from enggang.events.filters import CalendarForm, OverviewForm
from enggang.events.models import Edition, Event
from enggang.events.queries.calendar import board_of, entries, months_of
from enggang.events.queries.dates import candidates_of, rule_in_words
from enggang.events.queries.overview import kinds_of, lines_of, stages_shown

MOST = 500


@require_http_methods(LIST_METHODS)
def overview(request: HttpRequest) -> HttpResponse:
    """What the actor reads from within, as agency or as curator: by stage and regency, and what is red."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_EVENTS):
        raise Http404
    form = OverviewForm(request.GET, actor=actor)
    rows = (
        form.narrowed(Edition.objects.inside(actor))
        .with_names()
        .order_by("event__region__code", "starts_on", "pk")[:MOST]
    )
    everything = entries(rows)
    found = [entry for entry in everything if form.fits(entry)]
    lines = lines_of(found)
    context = {
        "form": form, "year": form.year, "entries": found, "lines": lines, "stages": stages_shown(found),
        "kinds": kinds_of(everything), "kind": form.kind, "red_count": sum(bool(entry.reds) for entry in found),
    }  # fmt: skip
    exports = sheets.CALENDAR.of(found), sheets.SQUARES.of(sheets.squares_of(lines))
    return answer_page(request, "events/overview.html", context, *exports)


@require_http_methods(LIST_METHODS)
def calendar(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_EVENTS):
        raise Http404
    form = CalendarForm(request.GET, actor=actor)
    rows = form.narrowed(Edition.objects.visible_to(actor)).with_names()[:MOST]
    found = [entry for entry in entries(rows) if entry.red or not form.red_only]
    without = Event.objects.managed_by(actor).exclude(editions__year=form.year).with_names()[:MOST]
    context = {
        "form": form,
        "view": form.view,
        "year": form.year,
        "entries": found,
        "months": months_of(form.year, found),
        "board": board_of(found),
        "red_count": sum(bool(entry.red) for entry in found),
        "without": [(event, rule_in_words(event), candidates_of(event, form.year)) for event in without],
        "may_add": actor.holds_somewhere(*rules.MANAGERS),
    }
    return answer_page(request, "events/calendar.html", context, sheets.CALENDAR.of(found))

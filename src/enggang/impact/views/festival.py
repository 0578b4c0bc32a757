"""A festival compared across years by its own days."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from enggang.core import registries
from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.events.models import Event
from enggang.impact import rules
from enggang.impact.exports import FESTIVAL
from enggang.impact.queries import festival as years


@require_http_methods(LIST_METHODS)
def festival(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    event = get_object_or_404(
        Event.objects.visible_to(actor).select_related("organisation__subject", "subject"), subject__code=code
    )
    measure = request.GET.get("ukuran", years.NAMES[0])
    if measure not in years.NAMES or not rules.may_read(actor, event.organisation):
        raise Http404
    rows = years.years_of(event, measure)
    context = {
        "event": event, "years": rows, "days": years.days_side_by_side(rows), "measure": measure, "measures": years.measures(),
        "source": registries.day_figures[measure],
    }  # fmt: skip
    lines = [(year, each) for year in rows for each in year.amounts]
    return answer_page(request, "impact/festival.html", context, FESTIVAL.of(lines, about=event.subject))

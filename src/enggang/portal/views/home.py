"""The public front page: what one can register for now, what comes, and checking a certificate. Reads only."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enggang.core import clock
from enggang.events.queries.open_editions import open_editions, told
from enggang.training.enums import PUBLIC_STATES
from enggang.training.models import Wave

SHOWN = 12
EDITIONS = 6  # the others are on the agenda


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    rows = Wave.objects.with_names().annotate(free=Sum(F("offer__pools__size") - F("offer__pools__taken")))
    opened = list(rows.open_at(now).filter(ends_on__gte=clock.today()).order_by("starts_on")[:SHOWN])
    shown = {wave.pk for wave in opened}
    since = clock.today() - timedelta(days=5 * 366)
    past = (
        rows.filter(state__in=PUBLIC_STATES, starts_on__gte=since).exclude(pk__in=shown).order_by("-starts_on")[:SHOWN]
    )
    editions = open_editions().with_names().order_by("starts_on", "event__name_key", "pk")[:EDITIONS]
    return render(request, "portal/home.html", {"opened": opened, "past": past, "editions": told(editions)})

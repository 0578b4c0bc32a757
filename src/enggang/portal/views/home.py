"""The front page: what is on now and soon, where, what there is to see and to read, and checking a certificate. Reads only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, Max, Min, Sum
from django.http import HttpRequest, HttpResponse

from enggang.core import clock
from enggang.events.queries.open_editions import open_editions, told
from enggang.events.queries.pages import faces_of
from enggang.media.queries.gallery import gallery, newest
from enggang.media.queries.photos import told as photos_told
from enggang.portal.caching import looked_up
from enggang.portal.pages import public_page, show
from enggang.portal.queries.agenda import in_order, narrowed
from enggang.portal.queries.maps import map_of_events
from enggang.stories.models import Destination, Story
from enggang.stories.queries.destinations import cards_of
from enggang.stories.queries.stories import story_cards
from enggang.training.enums import PUBLIC_STATES
from enggang.training.models import Wave

SHOWN = 12
EDITIONS = 6  # the others are on the agenda
LEAP = 7919  # so that the choices of two days have little in common
NOW, SOON, PHOTOS, PLACES, STORIES = 12, 6, 6, 6, 3


@public_page
def home(request: HttpRequest, language: str) -> HttpResponse:
    context = looked_up(f"home {language}", lambda: _found(language))
    return show(request, "portal/home.html", context, language=language, name="home", own=True)


def _found(language: str) -> dict[str, Any]:
    """All that the page tells, read: nothing is asked later."""
    today = clock.today()
    coming = narrowed({"kapan": ""}, today)
    return {
        "now": faces_of(in_order(narrowed({"kapan": "kini"}, today)[:NOW]), language),
        "soon": faces_of(in_order(coming.exclude(starts_on__lte=today)[:SOON]), language),
        "drawn": map_of_events(coming, language), "photos": photos_told(newest(gallery().filter(kind="photo"), PHOTOS)[:PHOTOS], language),
        "cards": cards_of(_places(), language), "stories": story_cards(list(Story.objects.published().with_names()[:STORIES]), language), **_trainings(),
    }  # fmt: skip


def _places() -> list[Destination]:
    """Another choice every day, the same for everybody on that day: from some number on, and round to the first."""
    rows = Destination.objects.published().with_names().order_by("pk")
    ends = Destination.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["last"] is None:
        return []
    begin = ends["first"] + clock.today().toordinal() * LEAP % (ends["last"] - ends["first"] + 1)
    return [*rows.filter(pk__gte=begin)[:PLACES], *rows.filter(pk__lt=begin)[:PLACES]][:PLACES]


def _trainings() -> dict[str, Any]:
    rows = Wave.objects.with_names().annotate(free=Sum(F("offer__pools__size") - F("offer__pools__taken")))
    opened = list(rows.open_at(clock.now()).filter(ends_on__gte=clock.today()).order_by("starts_on")[:SHOWN])
    shown = {wave.pk for wave in opened}
    since = clock.today() - timedelta(days=5 * 366)
    past = rows.filter(state__in=PUBLIC_STATES, starts_on__gte=since).exclude(pk__in=shown).order_by("-starts_on")
    editions = open_editions().with_names().order_by("starts_on", "event__name_key", "pk")[:EDITIONS]
    return {"opened": opened, "past": list(past[:SHOWN]), "editions": told(editions)}

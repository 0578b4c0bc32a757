"""The front page: what is on now and soon, where, what there is to see and to read, and checking a certificate. Reads only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse

from enggang.core import clock
from enggang.events.queries.open_editions import open_editions, told
from enggang.events.queries.pages import Face, faces_of
from enggang.media.queries.gallery import gallery
from enggang.media.queries.photos import told as photos_told
from enggang.portal.pages import public_page, show
from enggang.portal.queries.agenda import map_of_faces, narrowed
from enggang.stories.models import Destination, Story
from enggang.stories.queries.destinations import cards_of
from enggang.stories.queries.stories import story_cards
from enggang.training.enums import PUBLIC_STATES
from enggang.training.models import Wave

SHOWN = 12
EDITIONS = 6  # the others are on the agenda
SOON, PHOTOS, PLACES, STORIES = 6, 6, 6, 3


@public_page
def home(request: HttpRequest, language: str) -> HttpResponse:
    now, soon = _faces("kini", language), _faces("", language)
    running = {face.edition.pk for face in now}
    context = {
        "now": now, "soon": [face for face in soon if face.edition.pk not in running][:SOON],
        "drawn": map_of_faces(soon), "photos": photos_told(gallery().filter(kind="photo")[:PHOTOS], language),
        "cards": cards_of(_places(), language), "stories": story_cards(list(Story.objects.published().with_names()[:STORIES]), language), **_trainings(),
    }  # fmt: skip
    return show(request, "portal/home.html", context, language=language, name="home", own=True)


def _faces(when: str, language: str) -> list[Face]:
    return faces_of(list(narrowed({"kapan": when}, clock.today()).with_names()[: SOON * 8]), language)


def _places() -> list[Destination]:
    """Another choice every day, the same for everybody on that day."""
    rows = Destination.objects.published()
    count = rows.count()
    first = clock.today().toordinal() * PLACES % count if count else 0
    return list(rows.with_names().order_by("changed_at", "pk")[first : first + PLACES])


def _trainings() -> dict[str, Any]:
    rows = Wave.objects.with_names().annotate(free=Sum(F("offer__pools__size") - F("offer__pools__taken")))
    opened = list(rows.open_at(clock.now()).filter(ends_on__gte=clock.today()).order_by("starts_on")[:SHOWN])
    shown = {wave.pk for wave in opened}
    since = clock.today() - timedelta(days=5 * 366)
    past = (
        rows.filter(state__in=PUBLIC_STATES, starts_on__gte=since).exclude(pk__in=shown).order_by("-starts_on")[:SHOWN]
    )
    editions = open_editions().with_names().order_by("starts_on", "event__name_key", "pk")[:EDITIONS]
    return {"opened": opened, "past": past, "editions": told(editions)}

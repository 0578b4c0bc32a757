"""One question put to all that visitors read: events, destinations, stories and works."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from enggang.core import clock
from enggang.core.actor import ANONYMOUS
from enggang.core.enums import WordingState
from enggang.core.models import Wording
from enggang.events.models import Edition
from enggang.events.queries.pages import Face, faces_of
from enggang.media.queries.gallery import gallery, narrowed
from enggang.media.queries.photos import Photo, told
from enggang.portal.queries.agenda import EARLIEST_FIRST
from enggang.portal.queries.agenda import narrowed as editions_for
from enggang.search import fulltext
from enggang.search.models import SearchEntry
from enggang.stories.models import Destination, Story
from enggang.stories.queries.destinations import Card, cards_of
from enggang.stories.queries.stories import StoryCard, story_cards

COUNTED = 1_000  # beyond it «1,000+» is told: counting on costs more than anybody learns from it
EACH, ALONE = 6, 48  # shown of each kind, and of one that was chosen
KINDS = ("acara", "destinasi", "kisah", "karya")


class Found(NamedTuple):
    """``counts`` by kind, cut at ``COUNTED``."""

    counts: dict[str, int]
    faces: list[Face]
    cards: list[Card]
    stories: list[StoryCard]
    photos: list[Photo]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def look_for(text: str, kind: str, language: str) -> Found:
    """By the words of every language in which a text is checked; nothing for no words."""
    rows = _rows(text)
    counts = {name: min(found[: COUNTED + 1].count(), COUNTED + 1) for name, found in rows.items()}
    shown = {
        name: list(found[: ALONE if name == kind else EACH]) if kind in {"", name} else []
        for name, found in rows.items()
    }
    return Found(
        counts, faces_of(shown["acara"], language), cards_of(shown["destinasi"], language),
        story_cards(shown["kisah"], language), told(rows["karya"][: len(shown["karya"])], language) if shown["karya"] else [],
    )  # fmt: skip


def _rows(text: str) -> dict[str, Any]:
    events = (
        editions_for({"cari": text, "kapan": "semua"}, clock.today())
        if fulltext.words_of(text)
        else Edition.objects.none()
    )
    return {
        "acara": events.with_names().order_by(EARLIEST_FIRST, "-pk"),
        "destinasi": Destination.objects.published().with_names().filter(_matching(text, "destination")),
        "kisah": Story.objects.published().with_names().filter(_matching(text, "story")),
        "karya": narrowed(gallery(), {"q": text}) if fulltext.words_of(text) else gallery().none(),
    }


def _matching(text: str, kind: str) -> Q:
    """By the full-text index, and by what is checked in another language."""
    entries: QuerySet[SearchEntry] = fulltext.matching(
        SearchEntry.objects.visible_to(ANONYMOUS).filter(kind=kind), text
    )
    words = fulltext.words_of(text)
    spoken = Wording.objects.filter(state=WordingState.CHECKED, subject__kind=kind, text__icontains=text.strip())
    none = Q(pk__in=[])
    if not text.strip():
        return none
    # As numbers: the condition of the index names its own table, so it cannot stand inside another question.
    found = list(entries.values_list("subject", flat=True)[: COUNTED + 1]) if words else []
    by_words = Q(subject__in=found) if found else none
    return by_words | Q(subject__in=spoken.values("subject"))

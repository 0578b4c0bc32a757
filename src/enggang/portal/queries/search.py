"""One question put to all that visitors read: events, destinations, stories, innovations and works."""

from __future__ import annotations

from typing import Any, NamedTuple

from enggang.core import clock
from enggang.core.paging import bounded_count
from enggang.events.queries.pages import Face, faces_of
from enggang.innovation.models import Innovation
from enggang.innovation.queries.innovations import public_innovations
from enggang.media.queries.gallery import gallery, narrowed
from enggang.media.queries.photos import Photo, told
from enggang.portal.queries.agenda import in_order
from enggang.portal.queries.agenda import narrowed as editions_for
from enggang.search import fulltext
from enggang.search.spelling import nearest, words_in_titles
from enggang.stories.models import Destination, Story
from enggang.stories.queries.destinations import Card, cards_of
from enggang.stories.queries.stories import StoryCard, story_cards

EACH, ALONE = 6, 48  # shown of each kind, and of one that was chosen
INDEXED = ("event", "destination", "story", "innovation", "asset")  # what the kinds are called in the index
TRIED, OFFERED = 5, 3
OF_EACH = 3  # names of a kind, offered while somebody types
KINDS = ("acara", "destinasi", "kisah", "inovasi", "karya")


class Found(NamedTuple):
    """``counts`` by kind, as of ``bounded_count``."""

    counts: dict[str, int]
    faces: list[Face]
    cards: list[Card]
    stories: list[StoryCard]
    innovations: list[Innovation]
    photos: list[Photo]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def look_for(text: str, kind: str, language: str) -> Found:
    """By the words of every language in which a text is checked; nothing for no words."""
    rows = _rows(text)
    counts = {name: bounded_count(found) for name, found in rows.items()}
    shown = {
        name: found[: ALONE if name == kind else EACH] if kind in {"", name} else found.none()
        for name, found in rows.items()
    }
    return Found(
        counts, faces_of(in_order(shown["acara"]), language), cards_of(list(shown["destinasi"]), language),
        story_cards(list(shown["kisah"]), language),
        list(shown["inovasi"]), told(shown["karya"], language),
    )  # fmt: skip


def names_with(text: str, language: str) -> list[str]:
    """Names of what has the words that are being typed, a few of each kind: to choose from, in the visitor's language."""
    rows = _rows(text)
    names = [
        *(face.name.text for face in faces_of(in_order(rows["acara"][:OF_EACH]), language)),
        *(card.name.text for card in cards_of(list(rows["destinasi"][:OF_EACH]), language)),
        *(card.title.text for card in story_cards(list(rows["kisah"][:OF_EACH]), language)),
        *(row.title for row in rows["inovasi"][:OF_EACH]),
    ]
    return list(dict.fromkeys(names))


def meant(text: str) -> list[str]:
    """What to ask instead of a question that finds nothing: its words put right, then those of them that are known alone.
    Only what finds something.
    """
    known, asked = words_in_titles(INDEXED), fulltext.words_of(text)
    pairs = [(word, nearest(word, known)) for word in asked]
    right = " ".join(better or word for word, better in pairs)
    tried = [right, *(better for _word, better in pairs if better)]
    others = [words for words in dict.fromkeys(tried) if words != " ".join(asked)]
    return [words for words in others[:TRIED] if any(found.exists() for found in _rows(words).values())][:OFFERED]


def _rows(text: str) -> dict[str, Any]:
    """What visitors may read, narrowed by the index in the database."""
    return {
        "acara": editions_for({"cari": text or " ", "kapan": "semua"}, clock.today()),
        "destinasi": _with(Destination.objects.published().with_names(), "destination", text),
        "kisah": _with(Story.objects.published().with_names(), "story", text),
        "inovasi": _with(public_innovations(), "innovation", text),
        "karya": narrowed(gallery(), {"q": text}) if fulltext.words_of(text) else gallery().none(),
    }


def _with(rows: Any, kind: str, text: str) -> Any:
    found = fulltext.subjects_with(kind, text)
    return rows.filter(subject__in=found) if found is not None else rows.none()

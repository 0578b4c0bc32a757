"""What exists already and is like an idea, as far as whoever asks may read of it."""

from __future__ import annotations

from typing import NamedTuple

from enggang.core.actor import Actor
from enggang.core.text import alikeness, folded
from enggang.innovation.models import Innovation
from enggang.search import fulltext
from enggang.search.models import SearchEntry

SHOWN = 5
LOOKED_AT = 40  # of what shares a word, the best by the index
ALIKE = 0.34  # below it two ideas only share a word
SHORTEST = 4  # letters of a word that says something


class Similar(NamedTuple):
    innovation: Innovation
    share: float

    @property
    def percent(self) -> int:
        return round(self.share * 100)


def similar_to(title: str, problem: str, actor: Actor, *, but: int | None = None) -> list[Similar]:
    """The likest first, at most five. ``but`` is the id of an innovation that is left out. Three questions."""
    words = _telling(title) | _telling(problem[:500])
    entries = SearchEntry.objects.visible_to(actor).filter(kind=Innovation.subject_kind)
    found = fulltext.resembling(entries, " ".join(sorted(words, key=len, reverse=True)))[:LOOKED_AT]
    ids = [entry.pk for entry in found]
    rows = Innovation.objects.visible_or_public(actor).filter(subject__in=ids).exclude(pk=but or 0).with_names()
    rated = [Similar(row, _share(title, words, row)) for row in rows]
    return sorted((each for each in rated if each.share >= ALIKE), key=lambda each: (-each.share, each.innovation.pk))[
        :SHOWN
    ]


def _telling(text: str) -> set[str]:
    return {word for word in folded(text).split() if len(word) >= SHORTEST}


def _share(title: str, words: set[str], row: Innovation) -> float:
    """How like the titles are, or how many of the typed words the other one has, whichever is more."""
    theirs = _telling(row.title) | _telling(row.problem)
    shared = len(words & theirs) / len(words) if len(words) > 2 else 0.0
    return max(alikeness(title, row.title), shared)

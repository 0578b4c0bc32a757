"""Text as it is compared, sorted and searched: the same on both databases, whatever their collation."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Rows = TypeVar("Rows", bound=QuerySet[Any])

WORDS = 8  # of a question; a further one only narrows it

_PLAIN = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Letters and digits only, without case or accents, words parted by one space: ``É-Café`` is ``e cafe``."""
    if text.isascii():  # nearly all names: the same answer, ten times sooner
        return _PLAIN.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in kept).split())


def with_words(rows: Rows, text: str) -> Rows:
    """Those whose ``name_key`` holds every word of ``text``."""
    for word in folded(text).split()[:WORDS]:
        rows = rows.filter(name_key__contains=word)
    return rows


def one_line(text: str, limit: int) -> str:
    """On one line, control characters gone, cut to ``limit`` characters with an ellipsis."""
    printable = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    clean = " ".join(printable.split())
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def alikeness(one: str, other: str) -> float:
    """How like two short texts are, from 0 to 1: what share of their groups of three letters they have in common (Dice)."""
    mine, theirs = _threes(one), _threes(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def _threes(text: str) -> set[str]:
    return {f"  {word} "[start : start + 3] for word in folded(text).split() for start in range(len(word) + 1)}


class Absent(str):
    """A cell of a list that says what is missing: workbooks and papers set it in red."""

    __slots__ = ()

"""The short links of a noun, with how often each was followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from enggang.core.public import OWN
from enggang.reach.models import ShortLink
from enggang.reach.queries.figures import followed
from enggang.reach.queries.nouns import Shown


@dataclass(frozen=True, slots=True)
class Listed:
    link: ShortLink
    aim: Any
    language: str
    count: int


def links_of(shown: Shown) -> list[Listed]:
    """The newest first; the same number of questions for any number of them."""
    rows = list(ShortLink.objects.filter(subject=shown.subject))
    counts = followed([row.code for row in rows])
    aims = shown.face.aims if shown.face else {}
    return [
        Listed(row, aims[row.aim].label if row.aim in aims else row.aim, OWN[row.language], counts.get(row.code, 0))
        for row in rows
    ]  # fmt: skip

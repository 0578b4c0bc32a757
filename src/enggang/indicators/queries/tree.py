"""The tree that indicators make by serving one another: from the governor's down to those of programmes and activities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from enggang.indicators.enums import COURSE_TONES
from enggang.indicators.models import Indicator
from enggang.indicators.queries.standing import Standing

DEEPEST = 12


class Branch(NamedTuple):
    """``depth`` is 0 at the top; ``below`` is how many stand below it in all."""

    standing: Standing
    depth: int
    below: int

    @property
    def tone(self) -> str:
        return COURSE_TONES[self.standing.course]

    @property
    def level(self) -> int:
        """As headings and lists of a tree count their levels."""
        return self.depth + 1


def tree_of(standings: Sequence[Standing]) -> list[Branch]:
    """From the top down, each followed by what serves it. One whose superior is not among them stands at the top."""
    known = {each.indicator.pk for each in standings}
    children: dict[int | None, list[Standing]] = {}
    for each in standings:
        above = each.indicator.serves_id if each.indicator.serves_id in known else None
        children.setdefault(above, []).append(each)
    return list(_walk(children, None, 0))


def _walk(children: dict[int | None, list[Standing]], above: int | None, depth: int) -> Iterator[Branch]:
    for each in sorted(children.get(above, []), key=_order):
        below = list(_walk(children, each.indicator.pk, depth + 1)) if depth < DEEPEST else []
        yield Branch(each, depth, len(below))
        yield from below


def _order(each: Standing) -> tuple[str, str]:
    row: Indicator = each.indicator
    return row.organisation.path, row.name_key

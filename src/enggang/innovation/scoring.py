"""Reckoning by the yearly guide: the score of one innovation, what a change would bring, and the region's index.

Pure functions of plain values; every number of a guide comes in as data. What the guide of a year does not say is None,
and what needs it is then None as well: an unknown divisor gives no index instead of a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

TOP = 3  # the highest parameter
CENT = Decimal("0.01")


class Effort(IntEnum):
    """How near the evidence for the next step is."""

    READY = 1  # brought already, or known to this system and only to be accepted
    NEAR = 2  # of a kind that this system can come to know
    FAR = 3  # somebody has to bring it from elsewhere


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as it stands for one innovation. ``weight`` is None while the guide's is not known."""

    code: str
    weight: int | None
    parameter: int = 0
    has_evidence: bool = False
    is_mandatory: bool = False
    effort: Effort = Effort.FAR

    @property
    def claimed(self) -> int:
        """Points by the parameter alone."""
        return (self.weight or 0) * self.parameter

    @property
    def points(self) -> int:
        """A parameter without evidence brings nothing: the verifier has nothing to look at."""
        return self.claimed if self.has_evidence else 0

    @property
    def is_missing(self) -> bool:
        return self.is_mandatory and not self.points


@dataclass(frozen=True, slots=True)
class Score:
    points: int
    claimed: int
    most: int
    missing: tuple[str, ...]  # mandatory indicators that bring nothing


def score_of(lines: Iterable[Line]) -> Score:
    rows = list(lines)
    return Score(
        points=sum(row.points for row in rows),
        claimed=sum(row.claimed for row in rows),
        most=sum(TOP * (row.weight or 0) for row in rows),
        missing=tuple(row.code for row in rows if row.is_missing),
    )


def what_if(lines: Iterable[Line], changes: Mapping[str, int]) -> Score:
    """The score if each indicator in ``changes`` had that parameter, with its evidence (none, with parameter 0)."""
    return score_of(
        replace(row, parameter=changes[row.code], has_evidence=changes[row.code] > 0) if row.code in changes else row
        for row in lines
    )


@dataclass(frozen=True, slots=True)
class Step:
    """The next evidence worth bringing: to ``parameter``, for ``gain`` points more than now."""

    code: str
    parameter: int
    gain: int
    effort: Effort


def next_steps(lines: Iterable[Line], limit: int | None = None) -> list[Step]:
    """What brings points next, the nearest evidence first, among equals the most points.

    Where a parameter was chosen and only its evidence is lacking, the step is that evidence; else it is one parameter more.
    """
    found = [_step(row) for row in lines if row.weight and row.points < TOP * row.weight]
    return sorted(found, key=lambda each: (each.effort, -each.gain, each.code))[:limit]


def _step(row: Line) -> Step:
    wanted = row.parameter if row.claimed > row.points else row.parameter + 1
    return Step(row.code, wanted, (row.weight or 0) * wanted - row.points, row.effort)


@dataclass(frozen=True, slots=True)
class Formula:
    """The numbers of one year's formula."""

    divisor: int | None = None
    count_weight: Decimal | None = None
    count_cap: int | None = None
    basic_needed: int | None = None
    region_max: Decimal | None = None
    own_max: Decimal | None = None
    count_max: Decimal | None = None

    @property
    def whole(self) -> Decimal | None:
        """The points that make 100."""
        if self.region_max is None or self.own_max is None or self.count_max is None:
            return None
        return self.region_max + self.own_max + self.count_max


@dataclass(frozen=True, slots=True)
class Estimate:
    """Each term of the index in points, and the index out of 100; None where the guide of the year does not say enough."""

    region: Decimal
    total: int
    number: int
    divided_by: int | None
    own: Decimal | None
    counted: int | None
    count: Decimal | None
    basic_covered: int
    whole: Decimal | None
    index: Decimal | None


def estimate(formula: Formula, region: Decimal, scores: Sequence[int], basic_covered: int) -> Estimate:
    """(region + sum / max(divisor, n) + min(n, cap) × weight) / whole × 100, the count being 0 without enough basic services."""
    number, total = len(scores), sum(scores)
    divided_by = max(formula.divisor, number) if formula.divisor else None
    own = Decimal(total) / divided_by if divided_by else None
    counted, count = _count(formula, number, basic_covered)
    index = None
    if own is not None and count is not None and formula.whole:
        index = rounded((region + own + count) / formula.whole * 100)
    return Estimate(region, total, number, divided_by, own, counted, count, basic_covered, formula.whole, index)


def _count(formula: Formula, number: int, basic_covered: int) -> tuple[int | None, Decimal | None]:
    """How many innovations count, and what they bring."""
    if formula.count_weight is None or formula.count_cap is None:
        return None, None
    if formula.basic_needed is not None and basic_covered < formula.basic_needed:
        return 0, Decimal(0)
    counted = min(number, formula.count_cap)
    return counted, counted * formula.count_weight


def rounded(value: Decimal) -> Decimal:
    """As indices are written: two decimals, half away from zero."""
    return value.quantize(CENT, ROUND_HALF_UP)


def predicate(steps: Iterable[tuple[Decimal, str]], index: Decimal | None) -> str:
    """The word of the highest threshold that is reached; empty where none is known or reached."""
    if index is None:
        return ""
    reached = [(low, label) for low, label in steps if low <= index]
    return max(reached)[1] if reached else ""


def distance(steps: Iterable[tuple[Decimal, str]], index: Decimal | None) -> tuple[Decimal, str] | None:
    """How much is lacking to the next word; None at the highest one, or where nothing is known."""
    if index is None:
        return None
    above = [(low, label) for low, label in steps if low > index]
    return (min(above)[0] - index, min(above)[1]) if above else None


def words_in(text: str) -> int:
    """How many words a text has, as the profile form counts them: what stands between blanks."""
    return len(text.split())

"""How many people, and how sure: estimators as pure functions. A range is one for 95 of 100 cases.

Sources: W. G. Cochran, Sampling Techniques (3rd ed. 1977), 2.5-2.6 and 8; K. M. Wolter, Introduction to Variance
Estimation (2nd ed. 2007), 8.2; J. von Neumann et al., The mean square successive difference, Ann. Math. Stat. 12 (1941);
F. E. Satterthwaite, An approximate distribution of estimates of variance components, Biometrics Bulletin 2 (1946).
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enggang.attendance.enums import NoRange
from enggang.attendance.quantiles import t95

SLOT = 15  # minutes over which two counters are compared
Minutes = Mapping[int, float]  # minute since 1970 -> people counted in it


@dataclass(frozen=True, slots=True)
class Estimate:
    """``error`` is the standard error, with its degrees of ``freedom``; None where the figure bears no range, and then
    ``why`` says why. ``least`` is what was surely seen: no range begins below it."""

    value: float
    error: float | None = None
    freedom: float = math.inf
    why: NoRange | None = None
    least: float = 0.0

    @property
    def half(self) -> float | None:
        return None if self.error is None else t95(self.freedom) * self.error

    @property
    def low(self) -> float | None:
        return None if self.half is None else max(self.least, self.value - self.half, 0.0)

    @property
    def high(self) -> float | None:
        return None if self.half is None else max(self.value + self.half, self.least)


NOTHING = Estimate(0.0, why=NoRange.NOTHING)


@dataclass(frozen=True, slots=True)
class Cell:
    """What the same counters saw in the same minutes of one slot: a sum each."""

    sums: tuple[float, ...]

    @property
    def mean(self) -> float:
        return sum(self.sums) / len(self.sums)

    @property
    def squares(self) -> float:
        return sum((each - self.mean) ** 2 for each in self.sums)


def full_count(counters: Mapping[Any, Minutes]) -> Estimate:
    """Everybody was counted, by one or several counters at a point.

    Total = sum over the minutes of the mean of those who counted in it. Where two or more counted, slots of 15 minutes
    give the error of a single counter as a multiple of the count: f = sum (x - m)^2 / m over sum (k - 1), with k counters
    and mean m. Standard error = sqrt(f * sum m / k), also over what one counted alone; sum (k - 1) degrees of freedom.
    The range reaches at least as far as the totals of the counters lie apart, for who misses people misses them all
    day: half of their difference, in proportion over the whole. What all of them miss is in no range.
    """
    cells = _cells(counters)
    if not cells:
        return NOTHING
    total = sum(cell.mean for group in cells.values() for cell in group)
    doubled = [cell for group in cells.values() for cell in group if len(cell.sums) > 1 and cell.mean > 0]
    freedom = sum(len(cell.sums) - 1 for cell in doubled)
    if not freedom:
        return Estimate(total, why=NoRange.SINGLE)
    factor = sum(cell.squares / cell.mean for cell in doubled) / freedom
    chance = math.sqrt(factor * sum(cell.mean / len(cell.sums) for group in cells.values() for cell in group))
    apart = _apart(cells) * total / sum(cell.mean for cell in doubled)
    return Estimate(total, max(chance, apart / t95(freedom)), freedom)


def _cells(counters: Mapping[Any, Minutes]) -> dict[tuple[Hashable, ...], list[Cell]]:
    """By who counted: one cell a slot."""
    present: dict[int, tuple[Hashable, ...]] = defaultdict(tuple)
    for name, minutes in counters.items():
        for minute in minutes:
            present[minute] += (name,)
    sums: dict[tuple[int, tuple[Hashable, ...]], list[float]] = {}
    for minute, names in present.items():
        kept = sums.setdefault((minute // SLOT, names), [0.0] * len(names))
        for place, name in enumerate(names):
            kept[place] += counters[name][minute]
    cells: dict[tuple[Hashable, ...], list[Cell]] = defaultdict(list)
    for (_slot, names), kept in sorted(sums.items(), key=lambda item: item[0][0]):
        cells[names].append(Cell(tuple(kept)))
    return cells


def _apart(cells: Mapping[tuple[Hashable, ...], Sequence[Cell]]) -> float:
    """Half of what the totals of counters lie apart, each company of counters at its worst."""
    found = 0.0
    for names, group in cells.items():
        if len(names) > 1:
            totals = [sum(cell.sums[place] for cell in group) for place in range(len(names))]
            found += (max(totals) - min(totals)) / 2
    return found


def sampled_total(counts: Sequence[float], units: float) -> Estimate:
    """Intervals of equal length at equal distances, in their order, out of ``units`` such intervals (N).

    Total = N * mean. Standard error = N * sqrt((1 - n/N) * s^2 / n) (Cochran 2.6), where s^2 is the mean square of
    successive differences, sum (y[i] - y[i+1])^2 / (2 (n - 1)): a stream that swells and ebbs slowly does not widen the
    range (Wolter 8.2, estimator v2). Degrees of freedom 2 (n - 1)^2 / (3 n - 4) (von Neumann).
    """
    n = len(counts)
    if not n:
        return NOTHING
    units = max(units, float(n))
    seen = sum(counts)
    if n == 1:
        return Estimate(units * seen, why=NoRange.FEW, least=seen)
    variance = sum((one - other) ** 2 for one, other in itertools.pairwise(counts)) / (2 * (n - 1))
    error = units * math.sqrt((1 - n / units) * variance / n)
    return Estimate(units * seen / n, error, 2 * (n - 1) ** 2 / (3 * n - 4), least=seen)


def crowd(squares: Sequence[float], *, square_m2: float, area_m2: float) -> Estimate:
    """How many stand on an area at one moment, from people in some squares of it: persons per square metre * area.

    Squares are a simple random sample of area / square such squares, with s^2 about their mean (Cochran 2.6).
    """
    n = len(squares)
    if not n:
        return NOTHING
    units, seen = max(area_m2 / square_m2, float(n)), sum(squares)
    if n == 1:
        return Estimate(units * seen, why=NoRange.FEW, least=seen)
    mean = seen / n
    variance = sum((each - mean) ** 2 for each in squares) / (n - 1)
    return Estimate(units * mean, units * math.sqrt((1 - n / units) * variance / n), n - 1, least=seen)


def added(parts: Sequence[Estimate]) -> Estimate:
    """The sum of figures that were got apart from each other: variances add (degrees of freedom by Satterthwaite).

    One part without a range leaves the sum without one.
    """
    parts = [part for part in parts if part.why is not NoRange.NOTHING]
    if not parts:
        return NOTHING
    value, least = sum(part.value for part in parts), sum(part.least for part in parts)
    if any(part.error is None for part in parts):
        why = parts[0].why if len(parts) == 1 else NoRange.PART
        return Estimate(value, why=why, least=least)
    variances = [((part.error or 0.0) ** 2, part.freedom) for part in parts]
    return Estimate(value, *_pooled(variances), least=least)


def _pooled(variances: Sequence[tuple[float, float]]) -> tuple[float, float]:
    total = sum(variance for variance, _freedom in variances)
    spread = sum(variance**2 / freedom for variance, freedom in variances)
    return math.sqrt(total), total**2 / spread if spread else math.inf


def persons(entries: Estimate, *, times: float, sd: float | None = None, asked: int | None = None) -> Estimate:
    """Visitors out of entries: divided by how often one visitor came in (eventIMPACTS: attendances / mean days attended).

    Relative variances add (delta method); the mean of ``asked`` people with standard deviation ``sd`` has the variance
    sd^2 / n with n - 1 degrees of freedom. Without them the range is that of the entries alone.
    """
    least = entries.least / times if times < 1 else 0.0
    if entries.error is None or not entries.value:
        return Estimate(entries.value / times, why=entries.why or NoRange.NOTHING, least=least)
    parts = [((entries.error / entries.value) ** 2, entries.freedom)]
    if sd is not None and asked:
        parts.append((sd**2 / asked / times**2, float(max(1, asked - 1))))
    error, freedom = _pooled(parts)
    return Estimate(entries.value / times, entries.value / times * error, freedom, least=least)


def rounded(value: float, half: float | None) -> int:
    """To the digits that the range leaves a meaning: hundreds where it is some hundreds wide."""
    if half is None or half < 1:
        return round(value)
    step: int = 10 ** max(0, math.floor(math.log10(half / 5)))
    return round(value / step) * step

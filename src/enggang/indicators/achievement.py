"""How far a target was reached, and whether what is known so far lies on the path to it. Pure; nothing is capped here.

Formulas as the performance reports of regions use them: the higher the better R/T; the lower the better (2T - R)/T
(LKjIP Maluku Tengah 2021); a range by its nearer end and time as (1 + (1 - R/T)) (PermenPANRB on SKP). What cannot be
reckoned, because a value is unknown or the target is nothing, is None: never 0 and never 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from enggang.indicators.enums import Course, Cumulation, Polarity

HUNDRED = Decimal(100)
SHOWN_AT_MOST = Decimal(120)  # percent, on screens: individual conversion stops there, the raw value is kept beside it
AT_RISK_FROM = Decimal(90)  # percent of the path; below it the indicator is off
LEAST_POINTS, MOST_POINTS = 8, 24  # of a series for the limits of normal variation
LIMIT = 2.66  # times the mean moving range: 3 standard deviations of individual values (Shewhart; 3 / 1.128)


def achievement(
    polarity: str, value: Decimal | None, target: Decimal | None, upper: Decimal | None = None
) -> Decimal | None:
    """Percent of the target that was reached, unrounded and uncapped; None where it cannot be said."""
    if value is None or target is None:
        return None
    if polarity == Polarity.RANGE:
        return _in_range(value, target, target if upper is None else upper)
    if target == 0:
        return None
    if polarity == Polarity.HIGHER:
        return value / target * HUNDRED
    return (2 * target - value) / target * HUNDRED


def _in_range(value: Decimal, low: Decimal, high: Decimal) -> Decimal | None:
    if low <= value <= high:
        return HUNDRED
    bound = low if value < low else high
    return value / bound * HUNDRED if bound else None


def is_reached(polarity: str, value: Decimal, target: Decimal, upper: Decimal | None = None) -> bool:
    """Whether the target itself is met; above a range is as wrong as below it."""
    if polarity == Polarity.RANGE:
        return target <= value <= (target if upper is None else upper)
    return value >= target if polarity == Polarity.HIGHER else value <= target


def consolidated(values: Sequence[Decimal | None], cumulation: str) -> Decimal | None:
    """The value of a year from those of its periods in their order; unknown ones are left out, never counted as nothing."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    if cumulation == Cumulation.SUM:
        return sum(known, Decimal(0))
    return known[-1] if cumulation == Cumulation.LAST else sum(known, Decimal(0)) / len(known)


def path_at(targets: Mapping[int, Decimal], cumulation: str, day: date) -> Decimal | None:
    """What should stand on ``day``. ``targets`` are those of the day's year by quarter, 0 being the year's.

    Added-up values climb evenly, day by day, from one given quarter's end to the next; without quarters from nothing at
    New Year to the year's target. Others are held to the target of the running quarter, else to the next one given.
    """
    given = {quarter_end(day.year, quarter or 4): value for quarter, value in sorted(targets.items(), reverse=True)}
    marks = sorted(given.items())
    following = next(((end, value) for end, value in marks if end >= day), None)
    if following is None:
        return None
    if cumulation != Cumulation.SUM:
        return following[1]
    start, base = date(day.year - 1, 12, 31), Decimal(0)
    for end, value in marks:
        if end < day:
            start, base = end, value
    share = Decimal((day - start).days) / Decimal((following[0] - start).days)
    return base + (following[1] - base) * share


def quarter_end(year: int, quarter: int) -> date:
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(days=1)


def course_of(polarity: str, value: Decimal, path: Decimal, upper: Decimal | None = None) -> Course:
    """On its path, at risk (from 90 percent of it) or off."""
    if is_reached(polarity, value, path, upper):
        return Course.ON_PATH
    reached = achievement(polarity, value, path, upper)
    if reached is None:  # a path of nothing that is not met
        return Course.OFF
    away = abs(reached - HUNDRED) if polarity == Polarity.RANGE else HUNDRED - reached
    return Course.AT_RISK if away <= HUNDRED - AT_RISK_FROM else Course.OFF


class Limits(NamedTuple):
    """Within them a series moves by itself."""

    mean: float
    low: float
    high: float
    points: int


def normal_limits(values: Sequence[float]) -> Limits | None:
    """Natural process limits of individual values (XmR chart): mean ± 2.66 × mean moving range, over the last 24 at most.

    None when fewer than eight are known: then nothing can be called unusual. The lower limit of what was never below
    zero (a count, a share) is not below zero either.
    """
    known = list(values[-MOST_POINTS:])
    if len(known) < LEAST_POINTS:
        return None
    mean = fmean(known)
    spread = LIMIT * fmean(abs(later - earlier) for earlier, later in pairwise(known))
    low = mean - spread
    return Limits(mean, max(low, 0.0) if min(known) >= 0 else low, mean + spread, len(known))


def is_unusual(values: Sequence[float]) -> bool:
    """Whether the last value lies outside the limits that those before it set."""
    limits = normal_limits(values[:-1]) if values else None
    return limits is not None and not limits.low <= values[-1] <= limits.high


def forecast_of(
    cumulation: str, values: Sequence[Decimal | None], before: Sequence[Decimal | None], share: Decimal | None
) -> Decimal | None:
    """What the year will come to if it goes on as last year did; evenly where last year is not fully known.

    ``values`` are this year's periods, ``before`` last year's, ``share`` the part of the year that is measured. Only for
    values that are added up, and only when none of the measured periods is missing; of the others the last value stays.
    """
    known = [value for value in values if value is not None]
    if not known or share is None or share == 0:
        return None
    if cumulation != Cumulation.SUM:
        return consolidated(values, cumulation)
    if any(value is None for value in values[: len(known)]):
        return None
    so_far = sum(known, Decimal(0))
    whole = [value for value in before if value is not None]
    if len(whole) == len(before) > len(known) and (same := sum(whole[: len(known)], Decimal(0))) > 0:
        return so_far * sum(whole, Decimal(0)) / same
    return so_far / share

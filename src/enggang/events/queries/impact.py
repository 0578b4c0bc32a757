"""Economic impact of an event, as pure functions. Money in whole Rupiah.

Method: eventIMPACTS (https://www.eventimpacts.com/impact-types/economic), endorsed by the International Association of
Event Hosts (https://www.eventhosts.org/resources/event-impact-standards/economic-impacts-2/):

    unique visitors = attendances / mean days attended
    eligible        = unique visitors * share from outside the area who came because of the event
    visitor spend   = sum over staying and day visitors: eligible persons * trimmed mean of
                      (nights * bed price + other daily spend * days) of one person
    direct impact   = visitor spend + outside money of organisers and vendors spent in the area - leakage
    total           = direct impact * multiplier, only with one of a documented regional input-output table

What residents spend is left out (deadweight), and so is what is spent by those who would have come anyway. The impact is
never divided by public cost. The range: percentile bootstrap over respondents (B. Efron and R. Tibshirani, An
Introduction to the Bootstrap, 1993, ch. 13), in which the number of visitors is drawn from its own range each time.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from enggang.events.enums_impact import Reason, Stay

GROUPS = (Stay.NIGHT, Stay.DAY)
SEED = 1907  # the same answers give the same range
MOST_DRAWS, LEAST_DRAWS, WORK = 1000, 200, 400_000
NORMAL95 = 1.959964  # half of a 95 % range in standard errors


@dataclass(frozen=True, slots=True)
class Respondent:
    """One answer. ``outside``: lives outside the area. Money of one person."""

    outside: bool
    reason: str
    stay: str
    nights: int
    bed_price: int
    daily_spend: int
    days: int

    @property
    def spend(self) -> int:
        """nights * bed price + other daily spend * days attended (eventIMPACTS)."""
        return self.nights * self.bed_price + self.daily_spend * self.days

    @property
    def group(self) -> str:
        """Where it counts; empty for residents and for those who would have come anyway."""
        return self.stay if self.outside and self.reason == Reason.EVENT else ""


@dataclass(frozen=True, slots=True)
class Base:
    """The number the survey is laid upon, with its range for 95 of 100 cases where it has one. ``attendances``:
    whoever came on two days is in it twice."""

    value: float
    low: float | None = None
    high: float | None = None
    attendances: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """``trim``: percent of the answers of a group left out at each end. ``least``: answers below which a group has no figure."""

    trim: int = 5
    least: int = 10


@dataclass(frozen=True, slots=True)
class Range:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """``spend`` and ``persons`` are None below the least number of answers. ``cut``: answers left out at each end."""

    stay: str
    n: int
    cut: int
    share: float
    persons: float | None
    each: float | None
    spend: float | None
    nights: float
    bed_price: float
    daily_spend: float
    days: float
    range: Range | None = None

    @property
    def too_few(self) -> bool:
        return self.n > 0 and self.spend is None


@dataclass(frozen=True, slots=True)
class Impact:
    """``visitor_spend`` is None while no group bears a figure; ``partial``: a group is missing in it for want of answers."""

    n: int
    residents: int
    casual: int
    mean_days: float | None
    unique: float | None
    eligible: float | None
    groups: list[Group]
    visitor_spend: float | None
    outside_money: int
    leakage: int
    direct: float | None
    multiplier: float | None
    total: float | None
    partial: bool
    draws: int = 0
    ranges: dict[str, Range] = field(default_factory=dict)


def trimmed_mean(values: Sequence[float], percent: int) -> tuple[float, int]:
    """The mean without the floor(n * percent / 100) smallest and as many largest; and how many that is at each end.

    J. W. Tukey; R. Wilcox, Introduction to Robust Estimation, 3.3. A single answer of a million times the others does not
    move it. At least one value stays.
    """
    if not values:
        return 0.0, 0
    cut = min(len(values) * percent // 100, (len(values) - 1) // 2)
    ordered = sorted(values)
    return fmean(ordered[cut : len(ordered) - cut]), cut


def unique_visitors(base: Base, mean_days: float | None) -> float | None:
    """Attendances / mean days attended; a number that counts persons is left as it is (eventIMPACTS, attendance)."""
    if not base.attendances:
        return base.value
    return base.value / mean_days if mean_days else None


def impact_of(
    respondents: Sequence[Respondent], base: Base | None, rules: Rules, *, outside_money: int = 0, leakage: int = 0,
    multiplier: float | None = None, seed: int = SEED,
) -> Impact:  # fmt: skip
    """Everything that may be said. Without a number of visitors there are shares and spending, and no sum."""
    plain = _point(respondents, base, rules, outside_money, leakage, multiplier)
    if plain.visitor_spend is None or base is None:
        return plain
    return _with_ranges(plain, respondents, base, rules, seed)


def _point(
    respondents: Sequence[Respondent], base: Base | None, rules: Rules, money: int, leakage: int, factor: float | None
) -> Impact:
    n = len(respondents)
    mean_days = fmean(row.days for row in respondents) if n else None
    unique = unique_visitors(base, mean_days) if base else None
    groups = [_group(stay, respondents, unique, rules) for stay in GROUPS]
    spends = [each.spend for each in groups if each.spend is not None and each.n]
    enough = n >= rules.least and unique is not None
    spend = sum(spends) if enough and (spends or not any(each.n for each in groups)) else None
    direct = spend + money - leakage if spend is not None else None
    counted = sum(each.n for each in groups)
    return Impact(
        n=n, residents=sum(not row.outside for row in respondents),
        casual=sum(row.outside and row.reason != Reason.EVENT for row in respondents), mean_days=mean_days, unique=unique,
        eligible=unique * counted / n if n >= rules.least and unique is not None else None, groups=groups,
        visitor_spend=spend, outside_money=money, leakage=leakage, direct=direct, multiplier=factor,
        total=direct * factor if direct is not None and factor is not None else None,
        partial=any(each.too_few for each in groups),
    )  # fmt: skip


def _group(stay: str, respondents: Sequence[Respondent], unique: float | None, rules: Rules) -> Group:
    rows = [row for row in respondents if row.group == stay]
    share = len(rows) / len(respondents) if respondents else 0.0
    each, cut = trimmed_mean([row.spend for row in rows], rules.trim)
    bears = len(rows) >= rules.least
    persons = unique * share if unique is not None and bears else None
    return Group(
        stay=str(stay), n=len(rows), cut=cut if bears else 0, share=share, persons=persons,
        each=each if bears else None, spend=persons * each if persons is not None else None,
        nights=_mean(row.nights for row in rows), bed_price=_mean(row.bed_price for row in rows if row.nights),
        daily_spend=_mean(row.daily_spend for row in rows), days=_mean(row.days for row in rows),
    )  # fmt: skip


def _mean(values: object) -> float:
    found = list(values)  # type: ignore[call-overload]
    return fmean(found) if found else 0.0


# -- the range ----------------------------------------------------------------------------------------------------


def drawn_base(base: Base, chance: random.Random) -> float:
    """A number of visitors out of its range: normal, each side as wide as its own half of the range (a split normal)."""
    if base.low is None or base.high is None:
        return base.value
    z = chance.gauss(0, 1)
    half = base.high - base.value if z > 0 else base.value - base.low
    return max(0.0, base.value + z * max(0.0, half) / NORMAL95)


def draws_for(n: int) -> int:
    """As many as a page can wait for."""
    return max(LEAST_DRAWS, min(MOST_DRAWS, WORK // max(1, n)))


def _with_ranges(plain: Impact, respondents: Sequence[Respondent], base: Base, rules: Rules, seed: int) -> Impact:
    bearing = [each.stay for each in plain.groups if each.spend is not None and each.n]
    draws = _draws(respondents, base, rules, bearing, seed)
    ranges = {name: interval(values) for name, values in draws.items()}
    groups = [_ranged(each, ranges.get(each.stay)) for each in plain.groups]
    fixed = plain.outside_money - plain.leakage
    direct = _moved(ranges["visitor_spend"], fixed)
    known = {"visitor_spend": ranges["visitor_spend"], "eligible": ranges["eligible"], "direct": direct}
    if base.attendances:
        known["unique"] = ranges["unique"]
    elif base.low is not None and base.high is not None:
        known["unique"] = Range(base.low, base.high)  # as it was counted
    if plain.multiplier is not None:
        known["total"] = Range(direct.low * plain.multiplier, direct.high * plain.multiplier)
    names = {name: getattr(plain, name) for name in Impact.__slots__}
    return Impact(**{**names, "groups": groups, "ranges": known, "draws": len(draws["eligible"])})


def _ranged(group: Group, found: Range | None) -> Group:
    names = {name: getattr(group, name) for name in Group.__slots__}
    return Group(**{**names, "range": found})


def _moved(found: Range, by: float) -> Range:
    return Range(found.low + by, found.high + by)


def _draws(
    respondents: Sequence[Respondent], base: Base, rules: Rules, bearing: Sequence[str], seed: int
) -> Mapping[str, list[float]]:
    """Respondents are drawn anew with replacement, all of them together: shares, days and spending vary at once."""
    chance = random.Random(seed)  # noqa: S311 -- a sample that anybody can repeat, no secret
    rows = [(row.group, row.spend, row.days) for row in respondents]
    n = len(rows)
    found: dict[str, list[float]] = {name: [] for name in ("unique", "eligible", "visitor_spend", *bearing)}
    for _draw in range(draws_for(n)):
        sample = chance.choices(rows, k=n)
        days = sum(row[2] for row in sample) / n
        unique = drawn_base(base, chance) / (days if base.attendances else 1)
        total = 0.0
        for stay in bearing:
            spends = [row[1] for row in sample if row[0] == stay]
            amount = unique * len(spends) / n * trimmed_mean(spends, rules.trim)[0]
            found[stay].append(amount)
            total += amount
        found["unique"].append(unique)
        found["eligible"].append(unique * sum(1 for row in sample if row[0]) / n)
        found["visitor_spend"].append(total)
    return found


def interval(values: Sequence[float]) -> Range:
    """The 2.5th and the 97.5th percentile of the draws."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return Range(ordered[math.floor(0.025 * last)], ordered[math.ceil(0.975 * last)])

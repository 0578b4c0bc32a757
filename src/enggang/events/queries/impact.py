"""Economic impact of an event, as pure functions. Money in whole Rupiah.

Method: eventIMPACTS (https://www.eventimpacts.com/impact-types/economic), endorsed by the International Association of
Event Hosts (https://www.eventhosts.org/resources/event-impact-standards/economic-impacts-2/):

    unique visitors = attendances / mean days attended
    eligible        = unique visitors * share from outside the area who came because of the event
    visitor spend   = sum over staying and day visitors: eligible persons * trimmed mean of
                      (nights * bed price + other daily spend * days) of one person
    direct impact   = visitor spend + outside money of organisers and vendors spent in the area - leakage
    total           = direct impact * multiplier, only with one of a documented regional input-output table

Whoever comes on several days is met more often, so answers gathered at an event hold too many of them (the visits bias
of R. R. Perdue, Sampling bias in visitor surveys, Annals of Tourism Research 13, 1986, 261-278). With ``Rules.weighted``
each answer counts 1 / days attended, which undoes just that (D. G. Horvitz and D. J. Thompson, JASA 47, 1952): shares,
mean days and spending become those of persons and no longer of attendances. The figures without weights stay beside.

What residents spend is left out (deadweight), and so is what is spent by those who would have come anyway. The impact is
never divided by public cost. The range: percentile bootstrap over respondents (B. Efron and R. Tibshirani, An
Introduction to the Bootstrap, 1993, ch. 13), in which the number of visitors is drawn from its own range each time.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    def weight(self) -> float:
        """1 / days attended: whoever comes on three days could be met three times."""
        return 1 / max(1, self.days)

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
    """``trim``: percent of the answers of a group left out at each end. ``least``: answers below which a group has no figure.
    ``weighted``: each answer counts 1 / days attended, else all count alike."""

    trim: int = 5
    least: int = 10
    weighted: bool = False

    def weight(self, row: Respondent) -> float:
        return row.weight if self.weighted else 1.0


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
    """``visitor_spend`` is None while no group bears a figure; ``partial``: a group is missing in it for want of answers.
    ``effective``: as many answers without weights would bear as much (L. Kish, Survey Sampling, 1965). ``unweighted``:
    the same reckoning without weights, where they make a difference."""

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
    effective: float = 0.0
    draws: int = 0
    ranges: dict[str, Range] = field(default_factory=dict)
    unweighted: Impact | None = None


def trimmed_mean(values: Sequence[float], percent: int, weights: Sequence[float] | None = None) -> tuple[float, int]:
    """The (weighted) mean without the floor(n * percent / 100) smallest and as many largest; and how many that is at each end.

    J. W. Tukey; R. Wilcox, Introduction to Robust Estimation, 3.3. A single answer of a million times the others does not
    move it. At least one value stays. Which answers are left out does not depend on ``weights``.
    """
    if not values:
        return 0.0, 0
    cut = min(len(values) * percent // 100, (len(values) - 1) // 2)
    if weights is None:
        return fmean(sorted(values)[cut : len(values) - cut]), cut
    kept = sorted(zip(values, weights, strict=True))[cut : len(values) - cut]
    return fmean([value for value, _weight in kept], [weight for _value, weight in kept]), cut


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
    found = (
        plain if plain.visitor_spend is None or base is None else _with_ranges(plain, respondents, base, rules, seed)
    )
    if not rules.weighted or len({row.days for row in respondents}) < 2:
        return found
    alike = impact_of(
        respondents, base, replace(rules, weighted=False), outside_money=outside_money, leakage=leakage,
        multiplier=multiplier, seed=seed,
    )  # fmt: skip
    return replace(found, unweighted=alike)


def _point(
    respondents: Sequence[Respondent], base: Base | None, rules: Rules, money: int, leakage: int, factor: float | None
) -> Impact:
    n, weights = len(respondents), [rules.weight(row) for row in respondents]
    mean_days = fmean([row.days for row in respondents], weights) if n else None
    unique = unique_visitors(base, mean_days) if base else None
    groups = [_group(stay, respondents, unique, rules) for stay in GROUPS]
    spends = [each.spend for each in groups if each.spend is not None and each.n]
    enough = n >= rules.least and unique is not None
    spend = sum(spends) if enough and (spends or not any(each.n for each in groups)) else None
    direct = spend + money - leakage if spend is not None else None
    counted = sum(each.share for each in groups)
    return Impact(
        n=n, residents=sum(not row.outside for row in respondents),
        casual=sum(row.outside and row.reason != Reason.EVENT for row in respondents), mean_days=mean_days, unique=unique,
        eligible=unique * counted if n >= rules.least and unique is not None else None, groups=groups,
        visitor_spend=spend, outside_money=money, leakage=leakage, direct=direct, multiplier=factor,
        total=direct * factor if direct is not None and factor is not None else None,
        partial=any(each.too_few for each in groups),
        effective=sum(weights) ** 2 / sum(each * each for each in weights) if weights else 0.0,
    )  # fmt: skip


def _group(stay: str, respondents: Sequence[Respondent], unique: float | None, rules: Rules) -> Group:
    rows = [row for row in respondents if row.group == stay]
    weights = [rules.weight(row) for row in rows]
    share = sum(weights) / sum(map(rules.weight, respondents)) if respondents else 0.0
    each, cut = trimmed_mean([row.spend for row in rows], rules.trim, weights)
    bears = len(rows) >= rules.least
    persons = unique * share if unique is not None and bears else None
    return Group(
        stay=str(stay), n=len(rows), cut=cut if bears else 0, share=share, persons=persons,
        each=each if bears else None, spend=persons * each if persons is not None else None,
        nights=_mean(rows, rules, "nights"), bed_price=_mean([row for row in rows if row.nights], rules, "bed_price"),
        daily_spend=_mean(rows, rules, "daily_spend"), days=_mean(rows, rules, "days"),
    )  # fmt: skip


def _mean(rows: Sequence[Respondent], rules: Rules, name: str) -> float:
    return fmean([getattr(row, name) for row in rows], list(map(rules.weight, rows))) if rows else 0.0


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
    groups = [replace(each, range=ranges.get(each.stay)) for each in plain.groups]
    fixed = plain.outside_money - plain.leakage
    direct = _moved(ranges["visitor_spend"], fixed)
    known = {"visitor_spend": ranges["visitor_spend"], "eligible": ranges["eligible"], "direct": direct}
    if base.attendances:
        known["unique"] = ranges["unique"]
    elif base.low is not None and base.high is not None:
        known["unique"] = Range(base.low, base.high)  # as it was counted
    if plain.multiplier is not None:
        known["total"] = Range(direct.low * plain.multiplier, direct.high * plain.multiplier)
    return replace(plain, groups=groups, ranges=known, draws=len(draws["eligible"]))


def _moved(found: Range, by: float) -> Range:
    return Range(found.low + by, found.high + by)


def _draws(
    respondents: Sequence[Respondent], base: Base, rules: Rules, bearing: Sequence[str], seed: int
) -> Mapping[str, list[float]]:
    """Respondents are drawn anew with replacement, all of them together: shares, days and spending vary at once."""
    chance = random.Random(seed)  # noqa: S311 -- a sample that anybody can repeat, no secret
    rows = [(row.group, row.spend, row.days, rules.weight(row)) for row in respondents]
    n = len(rows)
    found: dict[str, list[float]] = {name: [] for name in ("unique", "eligible", "visitor_spend", *bearing)}
    for _draw in range(draws_for(n)):
        sample = chance.choices(rows, k=n)
        whole = sum(row[3] for row in sample)
        days = sum(row[2] * row[3] for row in sample) / whole
        unique = drawn_base(base, chance) / (days if base.attendances else 1)
        total = 0.0
        for stay in bearing:
            spends = [row[1] for row in sample if row[0] == stay]
            weights = [row[3] for row in sample if row[0] == stay] if rules.weighted else None
            share = (sum(weights) if weights is not None else len(spends)) / whole
            amount = unique * share * trimmed_mean(spends, rules.trim, weights)[0]
            found[stay].append(amount)
            total += amount
        found["unique"].append(unique)
        found["eligible"].append(unique * sum(row[3] for row in sample if row[0]) / whole)
        found["visitor_spend"].append(total)
    return found


def interval(values: Sequence[float]) -> Range:
    """The 2.5th and the 97.5th percentile of the draws."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return Range(ordered[math.floor(0.025 * last)], ordered[math.ceil(0.975 * last)])

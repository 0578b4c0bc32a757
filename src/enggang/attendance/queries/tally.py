"""What a counting has come to: per point, per cordon, and as visitors with their range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from enggang.attendance.admissions import Admitted, admitted_to
from enggang.attendance.enums import CountDoubt
from enggang.attendance.models import Count, CountPhone, CountPlan, CountPoint
from enggang.attendance.queries.doubtful import counter_of, doubts_of, is_left_out
from enggang.attendance.queries.estimator import (
    NOTHING,
    Estimate,
    added,
    crowd,
    full_count,
    persons,
    sampled_total,
)
from enggang.attendance.queries.hours import Interval, Span, hours_of, intervals_in
from enggang.attendance.queries.minutes import by_minute, comparable, laid_out, minute_of, moment_of
from enggang.core import clock
from enggang.core.models import Subject
from enggang.places.models import Organisation

ENOUGH = 0.8  # of an interval


@dataclass(frozen=True, slots=True)
class Apart:
    """Two counters at one point who differ by more than is borne, over the minutes that both counted."""

    names: tuple[str, str]
    totals: tuple[int, int]
    percent: int


@dataclass(slots=True)
class PointTally:
    """``done`` of ``due`` intervals or moments were counted up to now; ``gaps`` is when nobody counted. ``doubled``
    minutes were counted by two or more. ``hours`` holds people by the first minute of the hour."""

    point: CountPoint
    counts: list[Count]
    doubts: dict[int, list[CountDoubt]]
    estimate: Estimate = NOTHING
    entered: int = 0
    left: int = 0
    minutes: int = 0
    doubled: int = 0
    due: int = 0
    done: int = 0
    outside: int = 0
    gaps: list[Span] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    counters: list[str] = field(default_factory=list)
    hours: dict[int, float] = field(default_factory=dict)
    peak_at: datetime | None = None

    @property
    def left_out(self) -> list[Count]:
        return [count for count in self.counts if not count.void and is_left_out(count, self.doubts)]


@dataclass(frozen=True, slots=True)
class Stream:
    """One cordon: ``parts`` are its entrances, which are added; ``beside`` sees people of them again."""

    name: str
    entries: Estimate
    parts: list[PointTally]
    beside: list[PointTally]


@dataclass(frozen=True, slots=True)
class Tally:
    """``main`` is the cordon that gives the number; ``chosen`` when somebody said so, else it is the largest."""

    plan: CountPlan
    points: list[PointTally]
    streams: list[Stream]
    main: Stream | None
    chosen: bool
    visitors: Estimate
    admitted: list[Admitted]
    as_of: datetime

    @property
    def left_out(self) -> int:
        return sum(len(each.left_out) for each in self.points)


def plan_of(group: Subject, organisation: Organisation) -> CountPlan:
    """The plan of an event; one with the usual limits, not kept yet, as long as there is none."""
    found = CountPlan.objects.filter(group=group).select_related("group", "organisation").first()
    return found or CountPlan(group=group, organisation=organisation)


def tally_of(group: Subject, organisation: Organisation) -> Tally:
    """Everything at this moment; four queries for any size, and those of whoever keeps tickets."""
    now, plan = clock.now(), plan_of(group, organisation)
    points = list(CountPoint.objects.standing().filter(group=group).select_related("subject"))
    phones = {row.pk: row for row in CountPhone.objects.filter(point__in=points).select_related("link")}
    counts: dict[int, list[Count]] = defaultdict(list)
    for row in Count.objects.filter(point__in=points):
        counts[row.point_id].append(row)
    tallied = [tally_point(point, counts[point.pk], plan, phones, now) for point in points]
    streams = streams_of(tallied)
    main, chosen = _main(streams, plan)
    admitted = admitted_to(group)
    visitors = _visitors(main, plan, admitted)
    return Tally(plan, tallied, streams, main, chosen, visitors, admitted, now)


def _main(streams: Sequence[Stream], plan: CountPlan) -> tuple[Stream | None, bool]:
    with_parts = [each for each in streams if each.parts]
    for each in with_parts:
        if each.name == plan.main:
            return each, True
    return max(with_parts, key=lambda each: each.entries.value, default=None), len(with_parts) == 1


def _visitors(main: Stream | None, plan: CountPlan, admitted: Iterable[Admitted]) -> Estimate:
    """Persons at the main cordon and those whom it does not see."""
    beside = sum(row.admitted for row in admitted if row.apart)
    tickets = [Estimate(beside, 0.0, least=beside)] if beside else []
    if main is None or plan.times is None:
        return added(tickets) if tickets and main is None else NOTHING
    sd = float(plan.times_sd) if plan.times_sd is not None else None
    return added([persons(main.entries, times=float(plan.times), sd=sd, asked=plan.times_n), *tickets])


def streams_of(points: Sequence[PointTally]) -> list[Stream]:
    """By cordon: entrances are added, whatever else stands in it is not."""
    found: dict[str, list[PointTally]] = defaultdict(list)
    for each in points:
        found[each.point.stream].append(each)
    streams = []
    for name, group in found.items():
        parts = [each for each in group if each.point.is_added]
        beside = [each for each in group if not each.point.is_added]
        streams.append(Stream(name, added([each.estimate for each in parts]), parts, beside))
    return streams


# -- one point ---------------------------------------------------------------------------------------------------


def tally_point(
    point: CountPoint, counts: list[Count], plan: CountPlan, phones: dict[int, CountPhone], now: datetime
) -> PointTally:
    valid = [count for count in counts if not count.void]
    found = PointTally(point, counts, doubts_of(valid, plan, phones))
    kept = [count for count in valid if not is_left_out(count, found.doubts)]
    found.entered, found.left = sum(each.entered for each in kept), sum(each.left for each in kept)
    names = {counter_of(each): phones[each.phone_id].name if each.phone_id else each.person for each in kept}
    found.counters = sorted(set(names.values()))
    if point.is_density:
        _density(found, kept, now)
        return found
    counters = comparable(laid_out(kept))
    people = by_minute(counters)
    found.minutes, found.hours = len(people), _by_hour(people)
    found.doubled = sum(len(each) for each in counters.values()) - len(people) if len(counters) > 1 else 0
    found.apart = _differences(counters, names, plan.differs_percent)
    if point.is_sampled:
        _sampled(found, counters, now)
    else:
        found.estimate = full_count(counters)
        found.gaps = gaps_in(point, set(people), plan.gap_minutes, now)
    return found


def _by_hour(people: dict[int, float]) -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for minute, each in people.items():
        found[minute - minute % 60] += each
    return dict(found)


def _differences(
    counters: dict[Hashable, dict[int, float]], names: dict[Hashable, str], borne: int
) -> list[Apart]:  # fmt: skip
    found = []
    for one, other in combinations(counters, 2):
        both = counters[one].keys() & counters[other].keys()
        totals = [sum(counters[who][minute] for minute in both) for who in (one, other)]
        percent = round(200 * abs(totals[0] - totals[1]) / sum(totals)) if sum(totals) else 0
        if percent > borne:
            found.append(Apart((names[one], names[other]), (round(totals[0]), round(totals[1])), percent))
    return found


def _sampled(found: PointTally, counters: dict[Hashable, dict[int, float]], now: datetime) -> None:
    """Each day apart, for the crowd of one says nothing of the other's; a day's interval that nobody counted stands for
    nothing, and its time is told as a gap."""
    days, inside = [], 0.0
    for hours in hours_of(found.point):
        counted, stood = [], 0.0
        for each in intervals_in(found.point, hours):
            people = _counted_in(each, counters, found.point.length)
            if people is None:
                found.due += each.span.ends <= now
                if each.span.ends <= now:
                    found.gaps.append(each.stands)
                continue
            found.due, found.done = found.due + 1, found.done + 1
            counted.append(people)
            stood += each.stands.minutes
        inside += sum(counted)
        days.append(sampled_total(counted, stood / found.point.length))
    found.estimate = added(days)
    found.outside = max(0, round(sum(by_minute(counters).values()) - inside))


def _counted_in(each: Interval, counters: dict[Hashable, dict[int, float]], length: int) -> float | None:
    """The mean of the counters who counted at least four fifths of it, each scaled to its length."""
    minutes = range(minute_of(each.span.begins), minute_of(each.span.ends))
    totals = []
    for seen in counters.values():
        own = [seen[minute] for minute in minutes if minute in seen]
        if own and len(own) >= ENOUGH * length:
            totals.append(sum(own) * length / len(own))
    return sum(totals) / len(totals) if totals else None


def _density(found: PointTally, counts: list[Count], now: datetime) -> None:
    """The moment with the most people; the others are on record with it."""
    point, moments = found.point, []
    for hours in hours_of(point):
        for each in intervals_in(point, hours):
            squares = [row.entered for row in counts if each.stands.begins <= row.from_at < each.stands.ends]
            found.due += bool(squares) or each.stands.ends <= now
            if not squares:
                if each.stands.ends <= now:
                    found.gaps.append(each.stands)
                continue
            found.done += 1
            estimate = crowd(squares, square_m2=point.square_m2 or 1, area_m2=point.area_m2 or 1)
            moments.append((estimate.value, each.stands.begins, estimate))
            found.hours[minute_of(each.stands.begins)] = estimate.value
    if moments:
        _value, found.peak_at, found.estimate = max(moments, key=lambda row: row[0])


def gaps_in(point: CountPoint, counted: set[int], least: int, now: datetime) -> list[Span]:
    """Stretches of its hours up to now, of at least ``least`` minutes, in which nobody counted."""
    found = []
    for hours in hours_of(point):
        last = minute_of(min(hours.ends, now))
        begins: int | None = None
        for minute in range(minute_of(hours.begins), last + 1):
            if minute < last and minute not in counted:
                begins = minute if begins is None else begins
            elif begins is not None:
                if minute - begins >= least:
                    found.append(Span(moment_of(begins), moment_of(minute)))
                begins = None
    return found

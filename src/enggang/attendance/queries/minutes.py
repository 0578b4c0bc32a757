"""Counts laid out by the minute, so that counters, intervals and hours can be compared whatever each counted at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from enggang.attendance.models import Count
from enggang.attendance.queries.doubtful import counter_of

WHOLE = 45  # seconds from which on a minute is counted whole


class Seen(NamedTuple):
    people: float
    seconds: float


Laid = dict[Hashable, dict[int, Seen]]


def laid_out(counts: Iterable[Count]) -> Laid:
    """Who entered, by counter and minute since 1970; a count over several minutes is spread evenly over them."""
    found: Laid = defaultdict(dict)
    for count in counts:
        minutes = found[counter_of(count)]
        for minute, seen in _spread(count):
            known = minutes.get(minute, Seen(0, 0))
            minutes[minute] = Seen(known.people + seen.people, known.seconds + seen.seconds)
    return dict(found)


def _spread(count: Count) -> Iterable[tuple[int, Seen]]:
    begins, ends = count.from_at.timestamp(), count.to_at.timestamp()
    if ends <= begins:
        yield int(begins // 60), Seen(count.entered, 1)
        return
    minute = int(begins // 60)
    while minute * 60 < ends:
        seconds = min(ends, (minute + 1) * 60) - max(begins, minute * 60)
        yield minute, Seen(count.entered * seconds / (ends - begins), seconds)
        minute += 1


def comparable(laid: Laid) -> dict[Hashable, dict[int, float]]:
    """People by counter and minute; who saw only a part of a minute gives way to whoever saw it whole."""
    whole = {minute for minutes in laid.values() for minute, seen in minutes.items() if seen.seconds >= WHOLE}
    return {
        who: {
            minute: seen.people for minute, seen in minutes.items() if seen.seconds >= WHOLE or minute not in whole
        }
        for who, minutes in laid.items()
    }  # fmt: skip


def by_minute(counters: Mapping[Hashable, Mapping[int, float]]) -> dict[int, float]:
    """The mean of those who counted, by minute."""
    found: dict[int, list[float]] = defaultdict(list)
    for minutes in counters.values():
        for minute, people in minutes.items():
            found[minute].append(people)
    return {minute: sum(each) / len(each) for minute, each in sorted(found.items())}


def minute_of(at: datetime) -> int:
    return int(at.timestamp() // 60)


def moment_of(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)

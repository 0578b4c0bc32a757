"""When a point counts: its hours of every day, and inside them the intervals of a sample or the moments of a density."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from enggang.attendance.models import CountPoint
from enggang.attendance.models.tally import days_of

MINUTE = timedelta(minutes=1)


class Span(NamedTuple):
    begins: datetime
    ends: datetime

    @property
    def minutes(self) -> float:
        return (self.ends - self.begins) / MINUTE


class Interval(NamedTuple):
    """What is counted (``span``), and the longer time that it stands for (``stands``)."""

    span: Span
    stands: Span


def hours_of(point: CountPoint) -> list[Span]:
    """By day, in order; an end before the beginning is that of the next day."""
    zone = ZoneInfo(point.time_zone)
    found = []
    for day in days_of(point.first_day, point.last_day):
        last = day if point.ends > point.begins else day + timedelta(days=1)
        found.append(Span(datetime.combine(day, point.begins, zone), datetime.combine(last, point.ends, zone)))
    return found


def intervals_in(point: CountPoint, hours: Span) -> list[Interval]:
    """The intervals of one day that end within its hours. Of a density each is a moment, until the next."""
    length = point.length if point.is_sampled else 0
    every, found, at = point.every * MINUTE, [], hours.begins
    while at < hours.ends:
        begins = at + point.shift * MINUTE
        stands = Span(at, min(at + every, hours.ends))
        if begins + length * MINUTE <= hours.ends:
            found.append(Interval(Span(begins, begins + length * MINUTE), stands))
        at += every
    return found


def intervals_of(point: CountPoint) -> list[Interval]:
    """Nothing where everybody is counted."""
    if not (point.is_sampled or point.is_density):
        return []
    return [each for hours in hours_of(point) for each in intervals_in(point, hours)]

"""Points, phones and counts for tests, as plain functions."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from enggang.access.domain.links import actor_of_link
from enggang.attendance.domain.counts import CountArrival, Written, enter_counts, sync_counts
from enggang.attendance.domain.tally import open_phone, open_point
from enggang.attendance.models import Count, CountPhone, CountPoint
from enggang.attendance.queries.tally import PointTally, Tally, tally_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.factories import MORNING, make_group, make_organisation

ONE, TWO = str(uuid.uuid4()), str(uuid.uuid4())
DAY = date(2026, 11, 7)
NIGHT = datetime.combine(DAY, time(15)).replace(tzinfo=MORNING.tzinfo)  # 22.00 in Pontianak


def make_point(name: str = "Gerbang", *, like: CountPoint | None = None, **facts: Any) -> CountPoint:
    """A point that is open from 8 to 12 in Pontianak, of the same event as another."""
    organisation = like.organisation if like else make_organisation()
    values = {
        "stream": "Alun-alun", "first_day": DAY, "last_day": DAY, "begins": time(8), "ends": time(12),
        "group": like.group if like else make_group(), "organisation": organisation,
    }  # fmt: skip
    return open_point(name=name, actor=SYSTEM, **{**values, **facts})


def make_phone(point: CountPoint, name: str = "Contoh Relawan", hours: int = 12) -> tuple[CountPhone, str]:
    with clock.frozen_at(MORNING):
        made, token = open_phone(point=point, name=name, hours=hours, actor=SYSTEM)
    phone = CountPhone.objects.by_token(token)
    assert phone == made
    return phone, token


def tapped(minute: float, entered: int, left: int = 0, *, minutes: float = 1, offset: int = 0) -> CountArrival:
    """People in a minute after 8 o'clock, by a phone whose clock is wrong by ``-offset`` milliseconds."""
    begins = MORNING + timedelta(minutes=minute) - timedelta(milliseconds=offset)
    return CountArrival(uuid.uuid4(), begins, begins + timedelta(minutes=minutes), entered, left, offset)


def brought(phone: CountPhone, *arrivals: CountArrival, device: str = ONE, at: datetime = NIGHT) -> list[Count]:
    with clock.frozen_at(at):
        return sync_counts(
            phone=phone, device=device, arrivals=arrivals, waiting=0, actor=actor_of_link(phone.link)
        )  # fmt: skip


def written(minute: int, minutes: int, entered: int, left: int = 0) -> Written:
    begins = MORNING + timedelta(minutes=minute)
    return Written(begins, begins + timedelta(minutes=minutes), entered, left)


def entered(point: CountPoint, *lines: Written, person: str = "Ibu Contoh") -> list[Count]:
    with clock.frozen_at(NIGHT):
        return enter_counts(point=point, person=person, lines=lines, actor=SYSTEM)


def tallied(point: CountPoint, at: datetime = NIGHT) -> Tally:
    with clock.frozen_at(at):
        return tally_of(point.group, point.organisation)


def of_point(point: CountPoint, at: datetime = NIGHT) -> PointTally:
    return next(each for each in tallied(point, at).points if each.point.pk == point.pk)

"""Counting the people of an edition: its points on the attendance engine, as long as the edition is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enggang.attendance.domain import count_results, counts, tally
from enggang.attendance.models import Count, CountPhone, CountPlan, CountPoint, CountResult
from enggang.core.actor import Actor
from enggang.events.domain.standing import keep_open
from enggang.events.models import Edition

ANOTHER_YEAR = timedelta(days=364)  # the same weekday


def plan_counting(edition: Edition, plan: CountPlan, *, version: int, actor: Actor, **facts: Any) -> CountPlan:
    keep_open(edition)
    return tally.plan_counting(plan=plan, version=version, actor=actor, **facts)


def open_point(edition: Edition, *, actor: Actor, **facts: Any) -> CountPoint:
    """On the days and in the zone of the edition, unless others are given."""
    keep_open(edition)
    values = {"time_zone": edition.time_zone, "first_day": edition.starts_on, "last_day": edition.ends_on, **facts}
    return tally.open_point(group=edition.subject, organisation=edition.organisation, actor=actor, **values)


def change_point(edition: Edition, point: CountPoint, *, version: int, actor: Actor, **facts: Any) -> CountPoint:
    keep_open(edition)
    return tally.change_point(point=point, version=version, actor=actor, **facts)


def void_point(edition: Edition, point: CountPoint, *, reason: str, actor: Actor) -> CountPoint:
    keep_open(edition)
    return tally.void_point(point=point, reason=reason, actor=actor)


def restore_point(edition: Edition, point: CountPoint, *, actor: Actor) -> CountPoint:
    keep_open(edition)
    return tally.restore_point(point=point, actor=actor)


def open_phone(
    edition: Edition, point: CountPoint, *, name: str, hours: int, actor: Actor
) -> tuple[CountPhone, str]:  # fmt: skip
    keep_open(edition)
    return tally.open_phone(point=point, name=name, hours=hours, actor=actor)


def enter_counts(
    edition: Edition, point: CountPoint, *, person: str, lines: list[counts.Written], actor: Actor
) -> list[Count]:  # fmt: skip
    keep_open(edition)
    return counts.enter_counts(point=point, person=person, lines=lines, actor=actor)


def correct_count(edition: Edition, count: Count, *, reason: str, actor: Actor, **facts: Any) -> Count:
    keep_open(edition)
    return counts.correct_count(count=count, reason=reason, actor=actor, **facts)


SETTLING = {
    "keluarkan": counts.void_counts,
    "kembalikan": counts.restore_counts,
    "terima": counts.accept_counts,
}


def settle_counts(edition: Edition, rows: list[Count], *, step: str, reason: str, actor: Actor) -> int:
    """Take counts out (``keluarkan``), put them back (``kembalikan``) or take doubtful ones as they are (``terima``)."""
    keep_open(edition)
    return SETTLING[step](counts=rows, reason=reason, actor=actor)


def close_counting(edition: Edition, *, note: str, actor: Actor) -> CountResult:
    keep_open(edition)
    return count_results.close_counting(
        group=edition.subject, organisation=edition.organisation, note=note, actor=actor
    )  # fmt: skip


def copy_count_points(edition: Edition, clone: Edition, actor: Actor) -> int:
    """Inside the act of cloning: the points as far from the first day as they were; neither counts nor phones."""
    both = edition.starts_on and clone.starts_on
    moved = clone.starts_on - edition.starts_on if both else ANOTHER_YEAR * (clone.year - edition.year)  # type: ignore[operator]
    return tally.copy_points(
        CountPoint.objects.standing().filter(group=edition.subject), group=clone.subject,
        organisation=clone.organisation, moved=moved, actor=actor,
    )  # fmt: skip


def follow_days(edition: Edition, moved: timedelta, actor: Actor) -> int:
    """Inside the act of deciding dates: points that have not counted yet go with the edition."""
    points = CountPoint.objects.standing().filter(group=edition.subject, counts=None)
    return tally.move_points(points, moved=moved, actor=actor)

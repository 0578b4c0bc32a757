"""Counts: brought by phones, entered from paper, corrected with a reason. What came is kept, whatever is wrong with it."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from enggang.access.domain.links import actor_of_link
from enggang.attendance.domain.tally import needed
from enggang.attendance.enums import CountStep
from enggang.attendance.models import Count, CountChange, CountPhone, CountPoint
from enggang.attendance.models.tally import MOST_PEOPLE
from enggang.attendance.rules import may_plan_counting
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.hot import add_all
from enggang.core.states import overtaken
from enggang.core.text import folded, one_line

BATCH = 500
LONGEST = timedelta(hours=24)  # of one count on paper
MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class CountArrival:
    """One count as a phone brings it; ``offset`` is to be added to its times, in milliseconds."""

    uuid: uuid.UUID
    begins: datetime
    ends: datetime
    entered: int
    left: int
    offset: int


class Written(NamedTuple):
    """One line of a tally sheet."""

    from_at: datetime
    to_at: datetime
    entered: int
    left: int = 0


@act("attendance.sync_counts")
def sync_counts(
    *, phone: CountPhone, device: str, arrivals: Sequence[CountArrival], waiting: int, actor: Actor
) -> list[Count]:
    """Take over a batch that a phone brings; the same count again is the one that is known. Answers them in its order.

    Nothing is refused for its time or size: what cannot be is kept, left out of the number and shown to the staff.
    """
    require(actor.key == actor_of_link(phone.link).key and phone.takes_counts_at(clock.now()))
    new = _keep(phone, device, arrivals)
    CountPhone.objects.filter(pk=phone.pk).update(seen_at=clock.now(), waiting=waiting)
    record_subject(phone.subject)
    record(new=new, known=len(arrivals) - new)
    found = Count.objects.in_bulk([each.uuid for each in arrivals], field_name="uuid")
    return [found[each.uuid] for each in arrivals]


@act("attendance.take_in_counts")
def take_in_counts(*, phone: CountPhone, saved: Mapping[str, Sequence[CountArrival]], actor: Actor) -> int:
    """Take over, by device, what a phone had saved as a file because its address was dead; answers how many are new.
    What it claims to have counted after the link's end is a doubt like any other time that cannot be."""
    require(may_plan_counting(actor, phone.point.organisation))
    new = sum(_keep(phone, device, arrivals) for device, arrivals in saved.items())
    record_subject(phone.subject)
    record(new=new, devices=len(saved))
    return new


def _keep(phone: CountPhone, device: str, arrivals: Sequence[CountArrival]) -> int:
    """Each count once, whoever brought it first."""
    fresh = {each.uuid: each for each in arrivals}
    known = set(Count.objects.filter(uuid__in=fresh).values_list("uuid", flat=True))
    rows = [_row(phone, device, each) for each in fresh.values() if each.uuid not in known]
    add_all(sorted(rows, key=lambda row: row.uuid), skip_known=True)
    return len(rows)


def _row(phone: CountPhone, device: str, each: CountArrival) -> Count:
    shift = each.offset * MILLISECOND
    return Count(
        uuid=each.uuid,
        point_id=phone.point_id,
        phone_id=phone.pk,
        device=device,
        from_at=each.begins + shift,
        to_at=each.ends + shift,
        entered=each.entered,
        left=each.left,
        offset_ms=each.offset,
        received_at=clock.now(),
    )


@act("attendance.enter_counts")
def enter_counts(*, point: CountPoint, person: str, lines: Sequence[Written], actor: Actor) -> list[Count]:
    """Enter the lines of a printed tally sheet, all or none. Raises Conflict for a line that cannot be: the paper can be
    looked at again."""
    require(may_plan_counting(actor, point.organisation))
    person = one_line(person, 80)
    if not person:
        raise Conflict(_("Say who counted."))
    if point.is_void:
        raise Conflict(_("This point was taken out. Put it back first."))
    if not lines:
        raise Conflict(_("Enter at least one line of the sheet."))
    now = clock.now()
    for number, line in enumerate(lines, 1):
        _check_line(point, line, number, now)
    _check_overlaps(point, person, lines)
    rows = [
        Count(point=point, person=person, received_at=now, **line._asdict())
        for line in lines
    ]  # fmt: skip
    Count.objects.bulk_create(rows)
    record_subject(point.subject)
    record(lines=len(rows))
    return rows


def _check_line(point: CountPoint, line: Written, number: int, now: datetime) -> None:
    values = {"number": number}
    if line.to_at < line.from_at or (line.to_at == line.from_at and not point.is_density):
        raise Conflict(_("Line %(number)s ends before it begins.") % values)
    if line.to_at - line.from_at > LONGEST:
        raise Conflict(_("Line %(number)s is longer than a day.") % values)
    if line.to_at > now:
        raise Conflict(_("Line %(number)s lies in the future.") % values)
    days = (point.first_day - timedelta(days=1), point.last_day + timedelta(days=2))
    if not days[0] <= line.from_at.date() <= days[1]:
        raise Conflict(_("Line %(number)s is on a day at which this point does not count.") % values)
    if not (0 <= line.entered <= MOST_PEOPLE and 0 <= line.left <= MOST_PEOPLE):
        raise Conflict(_("Line %(number)s has more people than can be.") % values)


def _check_overlaps(point: CountPoint, person: str, lines: Sequence[Written]) -> None:
    """One person counts a time once; another beside them is a second counter."""
    if point.is_density:
        return
    known = [row for row in point.counts.filter(phone=None, void=False) if folded(row.person) == folded(person)]
    spans = sorted([(row.from_at, row.to_at) for row in known] + [(line.from_at, line.to_at) for line in lines])
    for (_begin, end), (begin, _end) in itertools.pairwise(spans):
        if begin < end:
            raise Conflict(
                _("This person has counted this time already. Correct that count, or enter who else counted.")
            )


@act("attendance.correct_count")
def correct_count(*, count: Count, reason: str, actor: Actor, **facts: Any) -> Count:
    """Set other numbers or times; what it was is kept with the reason. A corrected count is no doubt any more."""
    require(may_plan_counting(actor, count.point.organisation))
    reason = needed(reason)
    was = _values(count)
    for name, value in facts.items():
        setattr(count, name, value)
    _check_line(count.point, Written(count.from_at, count.to_at, count.entered, count.left), 1, clock.now())
    if _values(count) == was:
        raise Conflict(_("Nothing of it is changed."))
    count.accepted = True
    count.save(update_fields=[*facts, "accepted"])
    _note(count, CountStep.CORRECTED, reason, actor, was=was, now=_values(count))
    return count


def _values(count: Count) -> dict[str, Any]:
    return {
        "from": count.from_at.isoformat(), "to": count.to_at.isoformat(), "entered": count.entered, "left": count.left,
    }  # fmt: skip


@act("attendance.void_counts")
def void_counts(*, counts: Sequence[Count], reason: str, actor: Actor) -> int:
    """Take counts out of the number; they stay on record and can be put back."""
    return _each(counts, CountStep.VOIDED, reason, actor, void=True)


@act("attendance.restore_counts")
def restore_counts(*, counts: Sequence[Count], reason: str, actor: Actor) -> int:
    return _each(counts, CountStep.RESTORED, reason, actor, void=False)


@act("attendance.accept_counts")
def accept_counts(*, counts: Sequence[Count], reason: str, actor: Actor) -> int:
    """Take doubtful counts as they are: from now on they are part of the number."""
    return _each(counts, CountStep.ACCEPTED, reason, actor, accepted=True)


def _each(counts: Sequence[Count], step: CountStep, reason: str, actor: Actor, **values: bool) -> int:
    if not counts:
        raise Conflict(_("Choose at least one count."))
    for organisation in {count.point.organisation for count in counts}:
        require(may_plan_counting(actor, organisation))
    reason = needed(reason)
    ((name, value),) = values.items()
    wanted = Count.objects.filter(pk__in=[count.pk for count in counts], **{name: not value})
    if wanted.update(**values) != len(counts):
        raise overtaken()
    for count in counts:
        setattr(count, name, value)
        _note(count, step, reason, actor)
    return len(counts)


def _note(count: Count, step: CountStep, reason: str, actor: Actor, **values: Any) -> None:
    CountChange.objects.create(
        count=count, step=step, reason=reason, changed_at=clock.now(), changed_by_key=actor.key, **values
    )
    record_subject(count.point.subject)
    record(step=str(step))

"""Taking over what a fingerprint machine recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from enggang.attendance.enums import Method, Status
from enggang.attendance.fingerprint import Log
from enggang.attendance.models import ClockFile, DeviceUser, Mark, Pass
from enggang.attendance.queries.clock import plan_of
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.models import Subject
from enggang.core.text import one_line
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.places.models import Organisation

BATCH = 500
Key = tuple[int, int]  # occasion, holder


@act("attendance.keep_clock_file")
def keep_clock_file(
    *, group: Subject, organisation: Organisation, content: bytes, name: str, actor: Actor
) -> ClockFile:
    """Keep a file for its preview; nobody is marked yet. Raises Refused when it is no list of a machine."""
    require(may_mark_attendance(actor, organisation))
    Log(content, today=clock.today(organisation.time_zone))
    stored = store_file(
        content=content, name=name, purpose=Purpose.ROSTER, organisation=organisation, actor=actor
    )  # fmt: skip
    record_subject(group)
    record(size=len(content))
    return ClockFile.objects.create(
        group=group, organisation=organisation, file=stored, kept_at=clock.now(), kept_by_key=actor.key
    )  # fmt: skip


@act("attendance.name_device_users")
def name_device_users(*, kept: ClockFile, answers: Mapping[str, str], actor: Actor) -> int:
    """Remember whom the machine's users stand for, by key; the values are holders' subject codes of this group."""
    require(may_mark_attendance(actor, kept.organisation))
    passes = Pass.objects.valid().filter(group_id=kept.group_id, holder__code__in=set(answers.values()))
    holders = dict(passes.values_list("holder__code", "holder_id"))
    asked = {question.key for question in plan_of(kept).questions}
    if not answers.keys() <= asked or not set(answers.values()) <= holders.keys():
        raise Conflict(_("This has changed in the meantime. Reload the page and answer again."))
    for key, code in answers.items():
        DeviceUser.objects.update_or_create(
            organisation=kept.organisation, number=key, defaults={"holder_id": holders[code]}
        )
    record_subject(kept.group)
    record(answers=len(answers))
    return len(answers)


@act("attendance.apply_clock_file")
def apply_clock_file(*, kept: ClockFile, actor: Actor) -> dict[str, int]:
    """Mark present whom the file has; answers how many marks were made, were there, and were decided otherwise since.

    Applied twice it makes nothing twice. Who was marked as absent after the machine saw them stays so.
    """
    require(may_mark_attendance(actor, kept.organisation))
    plan = plan_of(kept)
    old = {
        (mark.occasion_id, mark.holder_id): mark
        for mark in Mark.objects.filter(occasion__group=kept.group_id).select_for_update(of=("self",))
    }
    stamp = {"status": Status.PRESENT, "method": Method.FINGER, "by_key": actor.key}
    fresh = [
        Mark(occasion_id=key[0], holder_id=key[1], at=plan.marks[key], **stamp)
        for key in plan.marks.keys() - old.keys()
    ]
    Mark.objects.bulk_create(
        sorted(fresh, key=lambda mark: (mark.occasion_id, mark.holder_id)), batch_size=BATCH, ignore_conflicts=True
    )
    away = {key: old[key] for key in plan.marks.keys() & old.keys() if not old[key].is_present}
    come = [key for key, mark in sorted(away.items()) if mark.at <= plan.marks[key]]
    for key in come:
        Mark.objects.filter(pk=old[key].pk).update(at=plan.marks[key], **stamp)
    made = (kept.made or []) + _made(fresh, {key: old[key] for key in come}, plan.marks)
    ClockFile.objects.filter(pk=kept.pk).update(applied_at=clock.now(), made=made, undone_at=None, undo_reason="")
    counts = {
        "made": len(fresh) + len(come),
        "known": len(plan.marks) - len(fresh) - len(away),
        "kept": len(away) - len(come),
    }
    record_subject(kept.group)
    record(**counts, rejected=len(plan.rejected))
    return counts


def _made(fresh: Iterable[Mark], come: Mapping[Key, Mark], at: Mapping[Key, datetime]) -> list[list[Any]]:
    """What applying has written, as it is kept: a mark made at the same moment by somebody else is not among it."""
    uncertain = {(mark.occasion_id, mark.holder_id): mark.at for mark in fresh}
    found = Mark.objects.filter(occasion__in={key[0] for key in uncertain}, method=Method.FINGER)
    new = [
        [mark.pk, mark.at.isoformat(), None]
        for mark in found
        if uncertain.get((mark.occasion_id, mark.holder_id)) == mark.at
    ]
    return new + [[mark.pk, at[key].isoformat(), _before(mark)] for key, mark in come.items()]


def _before(mark: Mark) -> dict[str, str]:
    return {
        "status": mark.status, "method": mark.method, "at": mark.at.isoformat(), "by_key": mark.by_key,
        "note": mark.note,
    }  # fmt: skip


@act("attendance.undo_clock_file")
def undo_clock_file(*, kept: ClockFile, reason: str, actor: Actor) -> dict[str, int]:
    """Take back the marks that a file made and nobody has changed since; what stood there before stands there again.

    Answers how many were taken back and how many stay because somebody touched them. The file can be applied again.
    """
    require(may_mark_attendance(actor, kept.organisation))
    if not reason.strip():
        raise Conflict(_("Say why the list of the machine is taken back."))
    rows = ClockFile.objects.filter(pk=kept.pk, applied_at__isnull=False)
    made = list(rows.values_list("made", flat=True))
    stamp = {"undone_at": clock.now(), "undone_by_key": actor.key, "undo_reason": one_line(reason, 200)}
    if not rows.update(applied_at=None, made=None, **stamp):
        raise Conflict(_("This list is not applied now, so there is nothing to take back."))
    entries = [entry for each in made for entry in each or []]
    undone = sum(_undo(*entry) for entry in entries)
    record_subject(kept.group)
    record(undone=undone, kept=len(entries) - undone)
    return {"undone": undone, "kept": len(entries) - undone}


def _undo(pk: int, at: str, before: dict[str, str] | None) -> int:
    rows = Mark.objects.filter(pk=pk, at=datetime.fromisoformat(at), method=Method.FINGER, status=Status.PRESENT)
    if before is None:
        return rows.delete()[0]
    return rows.update(**{**before, "at": datetime.fromisoformat(before["at"])})


@act("attendance.forget_device_user")
def forget_device_user(*, known: DeviceUser, organisation: Organisation, actor: Actor) -> None:
    """Forget whom a user of the machine stands for: the next list asks again. Marks already made stay."""
    require(may_mark_attendance(actor, organisation))
    if not DeviceUser.objects.filter(pk=known.pk, organisation=organisation).delete()[0]:
        raise Conflict(_("This has been forgotten already."))
    record_subject(known.holder)
    record(forgotten=1)

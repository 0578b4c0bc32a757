"""Acts on paper: which meals a group is given, and the scans of the lists that were signed by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from enggang.attendance.enums import MEALS, SheetKind
from enggang.attendance.models import MealDay, SheetScan
from enggang.attendance.rules import may_mark_attendance, may_plan_occasions
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.text import one_line
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.places.models import Organisation

LARGEST_SHEET = 20 * 2**20  # bytes: a list of many pages out of an office scanner


@act("attendance.plan_meals")
def plan_meals(
    *, group: Subject, organisation: Organisation, day: date, meals: Iterable[SheetKind | str], actor: Actor
) -> list[MealDay]:
    """Say which meals the group is given on ``day``; those not named are taken back, unless a signed list is kept."""
    require(may_plan_occasions(actor, organisation))
    wanted = set(map(str, meals))
    if wanted - set(map(str, MEALS)):
        raise Conflict(_("Choose from the meals of the list."))
    had = set(MealDay.objects.filter(group=group, day=day).values_list("meal", flat=True))
    kept = SheetScan.objects.current().filter(group=group, day=day, kind__in=had - wanted).first()
    if kept is not None:
        meal = SheetKind(kept.kind).label
        raise Conflict(_("A signed list is kept for “%(meal)s” on that day. Remove it first.") % {"meal": meal})
    MealDay.objects.filter(group=group, day=day, meal__in=had - wanted).delete()
    fresh = [MealDay(group=group, day=day, meal=meal) for meal in MEALS if str(meal) in wanted - had]
    MealDay.objects.bulk_create(fresh, ignore_conflicts=True)
    record_subject(group)
    record(day=day.isoformat(), meals=sorted(wanted))
    return list(MealDay.objects.filter(group=group, day=day))


@act("attendance.keep_sheet")
def keep_sheet(
    *,
    group: Subject,
    organisation: Organisation,
    day: date,
    kind: SheetKind,
    content: bytes,
    name: str,
    actor: Actor,
    part: str = "",
) -> SheetScan:
    """Keep the scan of a signed list; the one it replaces is ended and stays.

    What it is decides the content, not the name: PDF, JPEG or PNG, at most 20 MB. Which days and parts there are is
    the caller's to check. Raises Conflict for the very file that is kept already, and when two upload at once.
    """
    require(may_mark_attendance(actor, organisation))
    paper = read_paper(content, name, largest=LARGEST_SHEET)
    stored = store_file(
        content=content, name=paper.name, media_type=paper.media_type, purpose=Purpose.EVIDENCE,
        organisation=organisation, actor=actor,
    )  # fmt: skip
    now, part = clock.now(), one_line(part, 80)
    rows = SheetScan.objects.current().filter(group=group, day=day, kind=kind, part=part)
    if rows.filter(file__sha256=stored.sha256).exists():
        raise Conflict(_("This very file is kept already."))
    replaced = rows.update(ended_at=now, ended_by_key=actor.key)
    with told(SheetScan):
        scan = SheetScan.objects.create(
            group=group, organisation=organisation, day=day, kind=kind, part=part, file=stored, kept_at=now,
            kept_by_key=actor.key,
        )  # fmt: skip
    record_subject(group)
    record(day=day.isoformat(), kind=str(kind), size=len(content), replaced=replaced)
    return scan


@act("attendance.remove_sheet")
def remove_sheet(*, scan: SheetScan, reason: str, actor: Actor) -> SheetScan:
    """Take a scan out, with a reason; its file stays on record."""
    require(may_mark_attendance(actor, scan.organisation))
    if not reason.strip():
        raise Conflict(_("Say why this scan is removed."))
    ended = SheetScan.objects.current().filter(pk=scan.pk)
    if not ended.update(ended_at=clock.now(), ended_by_key=actor.key, end_reason=one_line(reason, 200)):
        raise Conflict(_("This scan was replaced or removed already."))
    record_subject(scan.group)
    record(day=scan.day.isoformat(), kind=scan.kind)
    scan.refresh_from_db()
    return scan

"""Sittings of a panel: several works of an assignment, judged in one room, with one sheet of minutes to sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Accepts, Purpose
from enggang.reviews.domain.reviews import check_sitting_day
from enggang.reviews.enums import Mode
from enggang.training import rules
from enggang.training.domain.grading import LARGEST_SCAN, require_grader
from enggang.training.models import Assignment, HandIn, SatWork, Sitting


def sitting_ticket(sitting: Sitting, actor: Actor) -> Ticket:
    return ticket_for(
        actor=actor, organisation=sitting.assignment.wave.organisation, context=f"sitting:{sitting.pk}",
        purpose=Purpose.LETTER, accepts=f"{Accepts.PHOTO},{Accepts.DOCUMENT}", max_bytes=LARGEST_SCAN,
    )  # fmt: skip


@act("training.keep_sitting")
def keep_sitting(
    *, assignment: Assignment, hand_ins: Iterable[HandIn], held_on: date, place: str, members: str, actor: Actor,
    text: str = "", scan: str = "", sitting: Sitting | None = None,
) -> Sitting:  # fmt: skip
    """Write the minutes of one sitting, or change them; ``scan`` is the code of an upload with the signed sheet.

    Once the signed sheet is there its words and works stay: a signature never stands under something else.
    """
    works = list(hand_ins)
    _check(assignment, works, actor)
    check_sitting_day(held_on)
    row = sitting or Sitting(assignment=assignment)
    if row.pk:
        row = Sitting.objects.select_for_update().get(pk=row.pk)
    facts = {"held_on": held_on, "place": place.strip(), "members": members.strip(), "text": text.strip()}
    if row.scan_id and not _same(row, facts, works):
        raise Conflict(_("The minutes are signed and stay as they are. Take the signed sheet out first."))
    for name, value in facts.items():
        setattr(row, name, value)
    if len(row.names) < 2:
        raise Conflict(_("A panel has at least two members: one name per line."))
    if scan:
        row.scan = claim_upload(code=scan, context=f"sitting:{row.pk}", actor=actor)
    row.kept_at = clock.now()
    row.full_clean()
    row.save()
    row.works.all().delete()
    with told(SatWork):
        SatWork.objects.bulk_create([SatWork(sitting=row, hand_in=work) for work in works])
    record(sitting=row.pk, works=len(works), scan=bool(row.scan_id))
    return row


def _check(assignment: Assignment, works: list[HandIn], actor: Actor) -> None:
    require(rules.may_grade(actor, assignment.wave))
    record_subject(assignment.wave.subject)
    if assignment.mode != Mode.PANEL:
        raise Conflict(_("Only a panel has minutes."))
    if not works or any(work.assignment_id != assignment.pk for work in works):
        raise Conflict(_("Choose at least one work of this assignment."))
    for work in works:
        require_grader(work, actor)


def _same(row: Sitting, facts: dict[str, object], works: list[HandIn]) -> bool:
    kept = set(row.works.values_list("hand_in", flat=True))
    return kept == {work.pk for work in works} and all(getattr(row, name) == value for name, value in facts.items())


@act("training.unsign_sitting")
def unsign_sitting(*, sitting: Sitting, actor: Actor) -> Sitting:
    """Take the signed sheet out again, so that the minutes can be corrected; the file itself is kept."""
    require(rules.may_teach(actor, sitting.assignment.wave))
    if not Sitting.objects.filter(pk=sitting.pk).exclude(scan=None).update(scan=None):
        raise Conflict(_("This was done already."))
    record_subject(sitting.assignment.wave.subject)
    record(sitting=sitting.pk)
    sitting.refresh_from_db()
    return sitting


@act("training.drop_sitting")
def drop_sitting(*, sitting: Sitting, actor: Actor) -> Assignment:
    """Remove a sitting that was written by mistake; refused once its signed sheet is there. Scores stay."""
    assignment = sitting.assignment
    require(rules.may_teach(actor, assignment.wave))
    if Sitting.objects.filter(pk=sitting.pk).exclude(scan=None).exists():
        raise Conflict(_("The minutes are signed and stay as they are. Take the signed sheet out first."))
    sitting.delete()
    record_subject(assignment.wave.subject)
    record(assignment=assignment.pk)
    return assignment

"""Handing work in, from an account or a private page: every version is kept, the last one counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Purpose
from enggang.reviews.domain.reviews import begin_anew, open_review
from enggang.training import rules
from enggang.training.enums import CONCEPT_PARTS, AssignmentKind, ClassKind
from enggang.training.models import Assignment, HandIn, HandInVersion, Piece, Registration, Wave, WaveClass
from enggang.training.queries.coursework import sheet_facts

LARGEST = {
    AssignmentKind.PHOTO: 60 * 1024**2, AssignmentKind.VIDEO: 1024**3, AssignmentKind.DOCUMENT: 60 * 1024**2,
}  # fmt: skip


def work_ticket(assignment: Assignment, registration: Registration, actor: Actor) -> Ticket:
    return ticket_for(
        actor=actor, organisation=registration.wave.organisation, context=_context(assignment, registration),
        purpose=Purpose.WORK, accepts=assignment.kind, max_bytes=LARGEST[AssignmentKind(assignment.kind)],
    )  # fmt: skip


def _context(assignment: Assignment, registration: Registration) -> str:
    return f"work:{assignment.pk}:{registration.code}"


@act("training.hand_in")
def hand_in(
    *,
    assignment: Assignment,
    registration: Registration,
    actor: Actor,
    uploads: Sequence[str] = (),
    link: str = "",
    note: str = "",
    concept: Mapping[str, str] | None = None,
) -> HandInVersion:
    """Hand in one's own work or one's group's; again until the deadline, as long as nobody has begun to grade it."""
    require(rules.is_own(actor, registration))
    parts = {key: (concept or {}).get(key, "").strip()[:2000] for key in CONCEPT_PARTS}
    _check_content(assignment, uploads, link, parts)
    row = _row(assignment, registration, actor)
    is_late = _check_time(assignment, registration, row.given_back())
    _grade_anew(row, actor)
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    version = HandInVersion(
        hand_in=row, number=last + 1, at=clock.now(), by=registration, is_late=is_late, note=note.strip(), link=link,
        concept=parts if assignment.kind == AssignmentKind.CONCEPT else {},
    )  # fmt: skip
    version.full_clean()
    version.save()
    for code in uploads:
        upload = claim_upload(code=code, context=_context(assignment, registration), actor=actor)
        Piece.objects.create(version=version, upload=upload)
    record_subject(row.subject)
    record(assignment=assignment.pk, version=version.number, late=is_late, files=len(uploads))
    return version


def _grade_anew(row: HandIn, actor: Actor) -> None:
    """What graders said of a version that was given back stays with it; nothing of it counts for the next."""
    sheets = list(row.review.sheets.prefetch_related("marks__criterion", "marks__level"))
    version = row.given_back()
    if sheets and version is None:
        raise Conflict(_("Grading has begun, so no other version is taken."))
    if version is not None and sheets:
        version.graded = [sheet_facts(each) for each in sheets]
        version.save(update_fields=["graded"])
        row.review = begin_anew(review=row.review, actor=actor)


def _check_time(assignment: Assignment, registration: Registration, given_back: HandInVersion | None) -> bool:
    if assignment.wave_id != registration.wave_id or assignment.removed_at or not registration.is_seated:
        raise Conflict(_("This assignment is not for you."))
    now = clock.now()
    if given_back is not None and given_back.again_until and now <= max(given_back.again_until, assignment.closes_at):
        return False
    if now > assignment.closes_at:
        raise Conflict(_("The deadline is over. Ask the organiser whether your work can still be taken."))
    return now > assignment.due_at


def _check_content(assignment: Assignment, uploads: Sequence[str], link: str, parts: Mapping[str, str]) -> None:
    if assignment.takes_files:
        if not 1 <= len(uploads) <= assignment.max_files or len(set(uploads)) != len(uploads):
            raise Conflict(_("Hand in at least one file, and at most %(count)s.") % {"count": assignment.max_files})
    elif uploads:
        raise Conflict(_("No files are taken for this assignment."))
    if assignment.kind == AssignmentKind.LINK and not link:
        raise Conflict(_("Give the link to your work."))
    if assignment.kind == AssignmentKind.CONCEPT and not all(parts.values()):
        raise Conflict(_("Fill in every part of the concept."))


def _row(assignment: Assignment, registration: Registration, actor: Actor) -> HandIn:
    Wave.objects.select_for_update().filter(pk=assignment.wave_id).first()  # two first versions do not meet
    whose: dict[str, WaveClass | Registration] = (
        {"klass": group_of(registration)} if assignment.by_group else {"registration": registration}
    )
    found = HandIn.objects.filter(assignment=assignment, **whose).select_related("review", "subject").first()
    if found:
        return found
    organisation = registration.wave.organisation
    subject = HandIn.new_subject(organisation.code)
    review = open_review(
        rubric=assignment.rubric, subject=subject, organisation=organisation, mode=assignment.mode, actor=actor
    )
    return HandIn.objects.create(subject=subject, assignment=assignment, review=review, **whose)


def group_of(registration: Registration) -> WaveClass:
    """The practice group one hands in for. Raises Conflict when there is none, or more than one."""
    groups = list(WaveClass.objects.filter(places__registration=registration, kind=ClassKind.GROUP)[:2])
    if len(groups) != 1:
        raise Conflict(_("This is handed in by practice groups. Ask the organiser to put you into exactly one."))
    return groups[0]

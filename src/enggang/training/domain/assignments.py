"""Assignment letters (surat tugas) that agencies issue for their participants: received, checked, asked for again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import move
from enggang.documents.domain.letters import scan_kind
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.notices.domain.messages import Recipient, send, whatsapp_text
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.enums import PAPER_MOVES, PaperState
from enggang.training.models import AssignedPerson, AssignmentLetter, Registration, Wave
from enggang.training.queries.assignments import Lacking, assignment_lines, lacking
from enggang.training.queries.letters import coordinators_of


@dataclass(frozen=True, slots=True)
class AgencyLetter:
    """What stands on the letter, and its scan."""

    number: str
    dated: date
    signed_post: str
    signed_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reminder:
    """An agency without its letters: how many coordinators were told here, and the text for WhatsApp."""

    lacking: Lacking
    told: int
    text: str


@act("training.receive_assignment")
def receive_assignment(
    *, wave: Wave, people: Sequence[Registration], letter: AgencyLetter, actor: Actor
) -> AssignmentLetter:
    """Keep an agency's assignment letter for the participants it names; the newest letter of a participant counts.

    Raises Conflict for people of two agencies or of another wave, for a day to come, and for a file that is no PDF or
    picture.
    """
    agency = _agency_of(wave, people)
    require(rules.may_register_staff(actor, wave, agency))
    if letter.dated > clock.today(wave.time_zone):
        raise Conflict(_("The paper bears a day that is still to come."))
    media_type, suffix = scan_kind(letter.content)
    stored = store_file(
        content=letter.content, name=f"surat-tugas-{wave.code}.{suffix}", media_type=media_type,
        purpose=Purpose.EVIDENCE, organisation=wave.organisation, actor=actor,
    )  # fmt: skip
    row = AssignmentLetter(
        wave=wave, agency=agency, number=letter.number, dated=letter.dated, signed_post=letter.signed_post.strip(),
        signed_name=letter.signed_name.strip(), file=stored, received_at=clock.now(), received_by_key=actor.key,
    )  # fmt: skip
    row.subject = AssignmentLetter.new_subject(wave.subject.organisation_code)
    row.clean_fields(exclude=["subject"])
    row.save()
    AssignedPerson.objects.bulk_create(AssignedPerson(letter=row, registration=each) for each in people)
    record(people=len(people), size=len(letter.content))
    return row


def _agency_of(wave: Wave, people: Sequence[Registration]) -> Organisation:
    agencies = {row.agency_id: row.agency for row in people}
    if len(agencies) != 1 or any(row.wave_id != wave.pk for row in people):
        raise Conflict(_("One letter is from one agency: choose people of the same agency."))
    return next(iter(agencies.values()))


@act("training.judge_assignment")
def judge_assignment(
    *, wave: Wave, rows: Sequence[AssignedPerson], state: PaperState, actor: Actor, reason: str = ""
) -> Wave:
    """Accept letters for the people they name, say what is wrong with them, or take such a decision back.

    What is wrong is told to the coordinators of the agency, who have another letter written.
    """
    require(rules.may_manage(actor, wave.organisation))
    why = " ".join(reason.split())[:300]
    if state == PaperState.WRONG and not why:
        raise Conflict(_("Say what is wrong, such as the name: the agency reads it."))
    if not rows or any(row.registration.wave_id != wave.pk for row in rows):
        raise Conflict(_("Choose at least one participant whose letter has arrived."))
    now, moved = clock.now(), [row for row in rows if row.state != state]
    for row in moved:
        move(row, state, moves=PAPER_MOVES, reason=why if state == PaperState.WRONG else "", checked_at=now,
             checked_by_key=actor.key)  # fmt: skip
    if state == PaperState.WRONG:
        _tell_wrong(wave, [row.registration for row in moved], why, actor)
    record(people=len(rows), state=str(state))
    return wave


def _tell_wrong(wave: Wave, people: Sequence[Registration], reason: str, actor: Actor) -> None:
    """One notice per agency, however many of its people the letters name."""
    agencies: dict[Organisation, list[str]] = {}
    for each in people:
        agencies.setdefault(each.agency, []).append(each.printed_name)
    for agency, names in agencies.items():
        context = {"wave": wave, "names": sorted(names), "reason": reason}
        _tell_coordinators(wave, agency, "training/messages/assignment_wrong", context, actor)


def _tell_coordinators(wave: Wave, agency: Organisation, template: str, context: dict[str, Any], actor: Actor) -> int:
    users = coordinators_of(agency)
    for user in users:
        send(
            to=Recipient(user_id=user.pk, language=user.language, name=user.name), template=template, context=context,
            actor=actor, subject=wave.subject, href=reverse("training:assignments", args=[wave.code]),
        )  # fmt: skip
    return len(users)


@act("training.drop_assignment")
def drop_assignment(*, named: AssignedPerson, actor: Actor) -> Wave:
    """Take a participant out of a letter that was uploaded by mistake; refused once it was accepted. The file stays stored."""
    registration = named.registration
    require(rules.may_register_staff(actor, registration.wave, registration.agency))
    if named.state == PaperState.ACCEPTED:
        raise Conflict(_("This letter was accepted. Ask the organiser to take that back first."))
    letter = named.letter
    named.delete()
    if not letter.people.exists():
        letter.delete()
    record(registration=registration.pk)
    return registration.wave


@act("training.remind_coordinators")
def remind_coordinators(*, wave: Wave, actor: Actor) -> list[Reminder]:
    """Tell the coordinators whose letters are missing or wrong, with the names; answers the texts for WhatsApp."""
    require(rules.may_manage(actor, wave.organisation))
    agencies = lacking(assignment_lines(Registration.objects.filter(wave=wave).seated()))
    if not agencies:
        raise Conflict(_("Every participant's assignment letter has arrived."))
    reminders = [_remind(wave, each, actor) for each in agencies]
    record_subject(wave.subject)
    record(agencies=len(agencies), notices=sum(each.told for each in reminders))
    return reminders


def _remind(wave: Wave, each: Lacking, actor: Actor) -> Reminder:
    context = {"wave": wave, "agency": each.agency, "names": each.names}
    told = _tell_coordinators(wave, each.agency, "training/messages/assignments", context, actor)
    return Reminder(each, told, whatsapp_text("training/messages/assignments", context, "id"))

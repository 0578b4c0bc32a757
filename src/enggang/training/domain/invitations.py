"""The invitation of a wave: drafted for offices, sent by a private address, opened, answered, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import move
from enggang.documents.domain.letters import Draft, draft_letter
from enggang.documents.models import Letter, Signatory
from enggang.documents.queries.wordings import Choice
from enggang.notices.domain.messages import Recipient, send, whatsapp_text
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.domain.registrations import LINK_DAYS_AFTER
from enggang.training.enums import ADDRESSEE_MOVES, AddresseeState
from enggang.training.models import Addressee, Wave
from enggang.training.models.invitation import UNANSWERED
from enggang.training.queries.letters import coordinators_of, values_of

MOST = 100


@dataclass(frozen=True, slots=True)
class Office:
    """Whom a letter is for: «Sekretaris Daerah» of an organisation."""

    organisation: Organisation
    office: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A private address of an invitation, shown once, with the text to forward it."""

    addressee: Addressee
    address: str
    text: str


@act("training.draft_invitations")
def draft_invitations(
    *, wave: Wave, wording: Choice, signatory: Signatory, offices: Sequence[Office], separate: bool, actor: Actor
) -> list[Letter]:
    """Draft the invitation: one letter that lists all offices, or with ``separate`` one letter for each.

    Raises Conflict without offices, for an office named twice, or when the organiser has no letterhead yet.
    """
    require(rules.may_manage(actor, wave.organisation))
    if not offices or len(offices) > MOST:
        raise Conflict(_("Choose between 1 and %(limit)s addressees.") % {"limit": MOST})
    groups = [[office] for office in offices] if separate else [list(offices)]
    letters = []
    for group in groups:
        rows = [{"office": each.office, "organisation": each.organisation.name} for each in group]
        draft = Draft(
            organisation=wave.organisation, wording=wording, signatory=signatory, values=values_of(wave),
            about=wave.subject, addressees=rows, specimen=wave.specimen,
        )  # fmt: skip
        letter = draft_letter(draft=draft, actor=actor)
        for each in group:
            _address(letter, wave, each)
        letters.append(letter)
    record_subject(wave.subject)
    record(letters=len(letters), addressees=len(offices))
    return letters


def _address(letter: Letter, wave: Wave, office: Office) -> Addressee:
    row = Addressee(letter=letter, wave=wave, organisation=office.organisation, office=office.office.strip())
    with told(Addressee):
        row.subject = Addressee.new_subject(wave.subject.organisation_code)
        row.save()
    return row


@act("training.draft_assignment")
def draft_assignment(
    *, wave: Wave, wording: Choice, signatory: Signatory, persons: list[dict[str, str]], actor: Actor
) -> Letter:
    """Draft an assignment letter of our own, for committee and instructors only: participants bring their agency's."""
    require(rules.may_manage(actor, wave.organisation))
    if not persons or len(persons) > MOST:
        raise Conflict(_("Name between 1 and %(limit)s people.") % {"limit": MOST})
    draft = Draft(
        organisation=wave.organisation, wording=wording, signatory=signatory, values=values_of(wave),
        about=wave.subject, persons=persons, specimen=wave.specimen,
    )  # fmt: skip
    letter = draft_letter(draft=draft, actor=actor)
    record(people=len(persons))
    return letter


@act("training.send_invitation")
def send_invitation(*, addressee: Addressee, actor: Actor) -> Shared:
    """Mark an issued invitation as sent, tell the agency's coordinators, and make the private address to forward."""
    require(rules.may_manage(actor, addressee.wave.organisation))
    if not addressee.letter.is_issued:
        raise Conflict(_("Issue the letter first: it needs its number and date."))
    move(addressee, AddresseeState.SENT, moves=ADDRESSEE_MOVES, sent_at=clock.now())
    _tell(addressee, "training/messages/invited", actor)
    shared = _share(addressee, actor)
    record(addressee=addressee.pk)
    record_subject(addressee.subject)
    return shared


@act("training.share_invitation")
def share_invitation(*, addressee: Addressee, actor: Actor) -> Shared:
    """A further private address with its text; earlier ones go on working. For reminders and lost messages."""
    require(rules.may_manage(actor, addressee.wave.organisation))
    if addressee.state == AddresseeState.DRAFT:
        raise Conflict(_("This invitation has not been sent yet."))
    record_subject(addressee.subject)
    return _share(addressee, actor)


def _share(addressee: Addressee, actor: Actor) -> Shared:
    wave = addressee.wave
    last = datetime.combine(wave.ends_on, time.max, ZoneInfo(wave.time_zone))
    expires = max(last, clock.now()) + timedelta(days=LINK_DAYS_AFTER)
    token = open_link(scope=LinkScope.ADDRESSEE, subject=addressee.subject, actor=actor, expires_at=expires)[1]
    address = settings.PUBLIC_URL + reverse("training:invitation", args=[token])
    reminds = addressee.state in UNANSWERED and addressee.reminded_at is not None
    template = "training/messages/invitation_reminder" if reminds else "training/messages/invitation"
    context = {"addressee": addressee, "wave": wave, "letter": addressee.letter, "address": address}
    return Shared(addressee, address, whatsapp_text(template, context, "id"))


def _tell(addressee: Addressee, template: str, actor: Actor) -> int:
    """Notices for the coordinators of the invited organisation; answers how many were told."""
    users = coordinators_of(addressee.organisation)
    context = {"addressee": addressee, "wave": addressee.wave, "letter": addressee.letter}
    for user in users:
        send(
            to=Recipient(user_id=user.pk, language=user.language, name=user.name), template=template, context=context,
            actor=actor, subject=addressee.subject, href=reverse("training:addressee", args=[addressee.code]),
        )  # fmt: skip
    return len(users)


@act("training.recall_invitation")
def recall_invitation(*, addressee: Addressee, actor: Actor) -> Addressee:
    """Undo the sending of an unanswered invitation: its private addresses end."""
    require(rules.may_manage(actor, addressee.wave.organisation))
    if addressee.is_answered:
        raise Conflict(_("This invitation has been answered already. Take the answer back first."))
    move(addressee, AddresseeState.DRAFT, moves=ADDRESSEE_MOVES, sent_at=None, opened_at=None, reminded_at=None)
    revoke_links(scope=LinkScope.ADDRESSEE, subject=addressee.subject, actor=actor)
    return addressee


@act("training.open_invitation")
def open_invitation(*, addressee: Addressee, actor: Actor) -> Addressee:
    """The addressee has opened the letter. Only the first time changes something; the organiser's own look does not."""
    require(rules.may_answer_invitation(actor, addressee))
    if addressee.state == AddresseeState.SENT and not rules.may_manage(actor, addressee.wave.organisation):
        move(addressee, AddresseeState.OPENED, moves=ADDRESSEE_MOVES, opened_at=clock.now())
    return addressee


@act("training.answer_invitation")
def answer_invitation(*, addressee: Addressee, confirmed: bool, actor: Actor, reason: str = "") -> Addressee:
    """Confirm, or decline with a reason; the answer may be changed. An organiser may note what was said by phone."""
    require(rules.may_answer_invitation(actor, addressee))
    if addressee.letter.is_void:
        raise Conflict(_("This letter was voided, so it needs no answer."))
    why = "" if confirmed else " ".join(reason.split())[:300]
    if not confirmed and not why:
        raise Conflict(_("Say why nobody can come: the organiser plans with it."))
    state = AddresseeState.CONFIRMED if confirmed else AddresseeState.DECLINED
    now = clock.now()
    if addressee.state != state:
        move(addressee, state, moves=ADDRESSEE_MOVES, answered_at=now, answered_by_key=actor.key, reason=why,
             opened_at=addressee.opened_at or now)  # fmt: skip
    record(confirmed=confirmed)
    return addressee


@act("training.clear_answer")
def clear_answer(*, addressee: Addressee, actor: Actor) -> Addressee:
    """Take an answer back that was noted by mistake; the invitation waits for one again."""
    require(rules.may_manage(actor, addressee.wave.organisation))
    move(addressee, AddresseeState.OPENED, moves=ADDRESSEE_MOVES, answered_at=None, answered_by_key="", reason="")
    return addressee


@act("training.remind_addressees")
def remind_addressees(*, wave: Wave, actor: Actor) -> list[Addressee]:
    """Remind everyone who was sent an invitation and has not answered; answers them, for the WhatsApp texts."""
    require(rules.may_manage(actor, wave.organisation))
    rows = list(Addressee.objects.filter(wave=wave, letter__state="frozen").unanswered().with_names())
    if not rows:
        raise Conflict(_("Everyone who was invited has answered."))
    now = clock.now()
    told_by_inbox = sum(_tell(row, "training/messages/invitation_again", actor) for row in rows)
    Addressee.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
    record_subject(wave.subject)
    record(addressees=len(rows), notices=told_by_inbox)
    return rows

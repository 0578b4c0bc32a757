"""A guardian's consent: given by the guardian on their own phone, by an adult who comes along, or on signed paper."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import move
from enggang.core.text import one_line
from enggang.events import rules
from enggang.events.domain.entrances import renew_ticket_pass
from enggang.events.enums import CONSENT_MOVES, ConsentState, ConsentWay
from enggang.events.models import Booking, GuardianConsent, Guest
from enggang.events.queries.admission import minors_of
from enggang.events.queries.ticket_life import ticket_expires_at
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.people.phones import normalise_phone

MOST = 10  # of one registration


@act("events.ask_guardian")
def ask_guardian(
    *, booking: Booking, name: str, phone: str, actor: Actor, minors: Sequence[int] = ()
) -> tuple[GuardianConsent, str]:
    """Ask a guardian for the minors named by their ids, or for all who have none yet; answers the token of their page.

    Their number must be another one than that of whoever registered: a child does not answer for themselves.
    """
    require(rules.may_hold_booking(actor, booking))
    number = normalise_phone(phone)
    if not number:
        raise Conflict(_("Type the guardian's telephone number: the question is sent there."))
    if number == booking.phone:
        raise Conflict(
            _("This is the number of whoever registered. A guardian answers on their own phone, or signs the paper.")
        )
    consent = _begin(booking, name, number, ConsentWay.LINK, minors)
    token = open_link(
        scope=LinkScope.GUARDIAN, subject=consent.subject, actor=actor, expires_at=ticket_expires_at(booking),
        handed_out=True,
    )[1]  # fmt: skip
    record_subject(booking.subject)
    record(minors=consent.guests.count())
    return consent, token


def _begin(booking: Booking, name: str, phone: str, way: ConsentWay, minors: Sequence[int] = ()) -> GuardianConsent:
    missing = minors_of(booking)[1]
    chosen = [guest for guest in missing if guest.pk in set(minors)] if minors else missing
    if not chosen:
        raise Conflict(_("Nobody in this registration is without a guardian's consent."))
    if booking.consents.count() >= MOST:
        raise Conflict(_("There have been many questions. Bring a signed paper to the gate instead."))
    consent = GuardianConsent(booking=booking, name=one_line(name, 160), phone=phone, way=way, asked_at=clock.now())
    if not consent.name:
        raise Conflict(_("Type the guardian's name."))
    consent.subject = GuardianConsent.new_subject(booking.subject.organisation_code)
    consent.save()
    Guest.objects.filter(pk__in=[guest.pk for guest in chosen]).update(consent=consent)
    return consent


@act("events.answer_guardian")
def answer_guardian(
    *,
    consent: GuardianConsent,
    agrees: bool,
    actor: Actor,
    name: str = "",
    relation: str = "",
    same_phone: bool = False,
) -> GuardianConsent:
    """The guardian says yes or no on their own page. ``same_phone``: the page of the ticket was opened on this phone.

    On such a phone nothing is taken: whoever registered would answer for themselves.
    """
    require(rules.may_consent(actor, consent))
    if same_phone:
        raise Conflict(
            _("The ticket was opened on this phone. The guardian answers on their own phone, or signs the paper.")
        )
    name, relation = one_line(name, 160) or consent.name, one_line(relation, 60)
    if agrees and not relation:
        raise Conflict(
            _("Say what you are to the children: mother, father, guardian, teacher with the parents' letter.")
        )
    consent = move(
        consent, ConsentState.GIVEN if agrees else ConsentState.REFUSED, moves=CONSENT_MOVES, name=name,
        relation=relation, given_at=clock.now() if agrees else None, ended_at=None if agrees else clock.now(),
    )  # fmt: skip
    renew_ticket_pass(consent.booking, actor)
    record(agrees=agrees)
    return consent


@act("events.consent_present")
def consent_present(*, booking: Booking, name: str, relation: str, actor: Actor) -> GuardianConsent:
    """An adult of the same registration, who is the guardian and comes along, consents on the page of the ticket.

    The gate reads the name and lets the minors in with that person. Without an adult among those who come this is refused.
    """
    require(actor.may_by_link(LinkScope.TICKET, booking.code))
    if all(guest.is_minor for guest in booking.guests.all()):
        raise Conflict(_("Only minors are registered here, so the guardian has to answer on their own phone."))
    if not relation.strip():
        raise Conflict(
            _("Say what you are to the children: mother, father, guardian, teacher with the parents' letter.")
        )
    consent = _begin(booking, name, booking.phone, ConsentWay.PRESENT)
    consent.state, consent.relation, consent.given_at = ConsentState.GIVEN, one_line(relation, 60), clock.now()
    consent.save()
    renew_ticket_pass(booking, actor)
    record_subject(booking.subject)
    return consent


@act("events.keep_signed_consent")
def keep_signed_consent(
    *,
    booking: Booking,
    name: str,
    content: bytes,
    filename: str,
    actor: Actor,
    phone: str = "",
    minors: Sequence[int] = (),
) -> GuardianConsent:
    """Staff have the signed paper in hand: its scan or photo is kept, and the consent is given."""
    organisation = booking.part.edition.organisation
    require(rules.may_manage(actor, organisation))
    found = read_paper(content, filename)
    consent = _begin(booking, name, normalise_phone(phone), ConsentWay.PAPER, minors)
    consent.file = store_file(
        content=content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
        organisation=organisation, actor=actor,
    )  # fmt: skip
    consent.state, consent.given_at = ConsentState.GIVEN, clock.now()
    consent.save()
    renew_ticket_pass(booking, actor)
    record_subject(booking.subject)
    return consent


@act("events.withdraw_consent")
def withdraw_consent(*, consent: GuardianConsent, actor: Actor) -> GuardianConsent:
    """The guardian, or staff on their word, take it back: the ticket is not good until another one is given.

    The guardian's page stays, so that they can give it again.
    """
    booking = consent.booking
    by_holder = consent.way == ConsentWay.PRESENT and actor.may_by_link(LinkScope.TICKET, booking.code)
    require(
        rules.may_consent(actor, consent) or by_holder or rules.may_manage(actor, booking.part.edition.organisation)
    )
    if consent.way != ConsentWay.LINK:
        revoke_links(scope=LinkScope.GUARDIAN, subject=consent.subject, actor=actor)
    consent = move(consent, ConsentState.WITHDRAWN, moves=CONSENT_MOVES, ended_at=clock.now())
    renew_ticket_pass(booking, actor)
    return consent

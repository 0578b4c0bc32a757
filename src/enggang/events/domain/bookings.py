"""Acts on registrations of visitors: made by themselves, at the gate or by staff; fewer people, cancelled, taken up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from enggang.attendance.domain.passes import revoke_pass
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.core.text import folded, one_line
from enggang.events import rules
from enggang.events.domain.entrances import give_ticket_pass, keep_who_came, renew_ticket_pass
from enggang.events.domain.visitor_news import news_context, recipient, ticket_token
from enggang.events.enums import YOUNGEST, AgeGroup, BookingSource, PartState
from enggang.events.models import Booking, BookingAnswer, Guest, Slot
from enggang.events.payments import payment_of
from enggang.events.queries.visitors import slot_closed
from enggang.notices.domain.messages import known_language, send
from enggang.people.phones import normalise_phone
from enggang.seats.domain.claims import claim_seats, reduce_claim, release_claim
from enggang.seats.domain.promotion import locked
from enggang.seats.models import Claim, Pool

NAME = 160


@dataclass(frozen=True, slots=True)
class GuestSpec:
    name: str = ""
    age: str = AgeGroup.ADULT


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who registers, and for whom. Where neither names nor ages are asked, ``people`` is only a number."""

    name: str = ""
    phone: str = ""
    email: str = ""
    people: int = 1
    guests: Sequence[GuestSpec] = ()
    answers: Mapping[int, str] = field(default_factory=dict)
    language: str = ""


@act("events.book")
def book(
    *, slot: Slot, visitor: Visitor, actor: Actor, source: str = BookingSource.SELF, request_key: str = "",
    may_wait: bool = True,
) -> tuple[Booking, str]:  # fmt: skip
    """Register people for a time: a place for all of them, or together a place on the waiting list.

    Answers the registration and the token of its private page. Raises Conflict with the reason when it is closed or
    over, when they are too many or too young, or (``may_wait`` False) when not all of them find a place. Never one
    place too many: the claim is settled by the seats engine.
    """
    _may_book(slot, source, actor)
    people = _people(slot, visitor, source)
    booking = Booking(slot=slot, source=source, quantity=people, booked_at=clock.now(), request_key=request_key or None)
    _write_visitor(booking, visitor)
    booking.subject = Booking.new_subject(slot.part.edition.organisation.code)
    booking.claim = _claim(booking, slot, actor, may_wait=may_wait)
    with told(Booking):
        booking.save()
    _write_guests(booking, visitor.guests)
    _write_answers(booking, visitor.answers)
    give_ticket_pass(booking, actor)
    token = ticket_token(booking, actor, handed_out=source != BookingSource.SELF)
    if booking.email:
        _mail_ticket(booking, actor)
    record_subject(booking.subject)
    record(state=str(booking.claim.state), source=str(source), people=people)
    return booking, token


def _may_book(slot: Slot, source: str, actor: Actor) -> None:
    edition = slot.part.edition
    if source == BookingSource.WALK_UP:
        require(rules.may_register_at_gate(actor, slot.part))
    elif source == BookingSource.STAFF:
        require(rules.may_manage(actor, edition.organisation))
    if reason := slot_closed(slot, at_the_gate=source != BookingSource.SELF):
        raise Conflict(reason)
    if slot.part.state == PartState.DRAFT:
        raise Conflict(_("Registration for this event is not open yet."))


def _people(slot: Slot, visitor: Visitor, source: str) -> int:
    """How many come, once it is certain that they may."""
    part, guests = slot.part, visitor.guests
    people = len(guests) or visitor.people
    if people < 1:
        raise Conflict(_("Say how many people come, at least one."))
    if people > part.most:
        raise Conflict(
            _("At most %(most)s people in one registration. Register the others separately.") % {"most": part.most}
        )
    if source == BookingSource.WALK_UP:
        return people  # who stands at the gate is seen there
    if part.names and (len(guests) != people or any(not one_line(each.name, NAME) for each in guests)):
        raise Conflict(_("Give the name of everybody who comes."))
    if part.asks_ages and not guests:
        raise Conflict(_("Say how old those who come are."))
    young = [each for each in guests if YOUNGEST[AgeGroup(each.age)] < part.least_age]
    if young:
        raise Conflict(_("This is for people of %(age)s years and older.") % {"age": part.least_age})
    return people


def _claim(booking: Booking, slot: Slot, actor: Actor, *, may_wait: bool) -> Claim:
    offer = slot.part.offer
    if offer is None:
        raise Conflict(_("Registration for this event is not open yet."))
    if not may_wait and slot.pool.free < booking.quantity:
        raise Conflict(no_room(slot))
    return claim_seats(
        offer=offer,
        holder=booking.subject,
        pools=[slot.pool],
        quantity=booking.quantity,
        may_wait=may_wait,
        actor=actor,
    )


def no_room(slot: Slot) -> str:
    if slot.pool.free <= 0:
        return _("All %(size)s places of this time are taken.") % {"size": slot.pool.size}
    return _("Only %(free)s of %(size)s places are left for this time.") % {
        "free": slot.pool.free, "size": slot.pool.size,
    }  # fmt: skip


def _write_visitor(booking: Booking, visitor: Visitor) -> None:
    """What was typed, on one line each and the number in its international form; raises Conflict when it is none."""
    booking.name = one_line(visitor.name, NAME)
    booking.name_key = folded(booking.name)[:200]
    booking.phone = normalise_phone(visitor.phone)
    if visitor.phone.strip() and not booking.phone:
        raise Conflict(_("This is no telephone number. Type it with its country code, for example 0812… or +60…"))
    if booking.source == BookingSource.SELF and not (booking.name and booking.phone):
        raise Conflict(_("Type a name and a telephone number: with them you find your ticket again."))
    booking.email = visitor.email.strip()
    booking.language = known_language(visitor.language or get_language() or "id")
    booking.clean_fields(exclude=["subject", "claim", "slot"])


def _write_guests(booking: Booking, guests: Sequence[GuestSpec]) -> None:
    Guest.objects.bulk_create(
        Guest(booking=booking, position=n, name=one_line(each.name, NAME), age=AgeGroup(each.age))
        for n, each in enumerate(guests, 1)
    )


def _write_answers(booking: Booking, answers: Mapping[int, str]) -> None:
    """By question id; the form has checked them. A question of another part is not answered."""
    asked = {question.pk for question in booking.part.questions.all()}
    BookingAnswer.objects.filter(booking=booking, question__in=asked & set(answers)).delete()
    BookingAnswer.objects.bulk_create(
        BookingAnswer(booking=booking, question_id=pk, text=text.strip()[:1000])
        for pk, text in answers.items()
        if pk in asked and text.strip()
    )


def _mail_ticket(booking: Booking, actor: Actor) -> None:
    send(
        to=recipient(booking), template="events/messages/ticket", context=news_context(booking, actor), actor=actor,
        subject=booking.subject,
    )  # fmt: skip


@act("events.send_ticket")
def send_ticket(*, booking: Booking, actor: Actor) -> Booking:
    """Mail the ticket once more, to the address that is on record."""
    require(rules.may_hold_booking(actor, booking))
    if not booking.email:
        raise Conflict(_("There is no e-mail address with this registration."))
    _mail_ticket(booking, actor)
    return booking


@act("events.open_ticket")
def open_ticket(*, booking: Booking, actor: Actor) -> str:
    """A new private address of the ticket, for whoever knows its number and code, or for staff to hand out. Answers its token."""
    record_subject(booking.subject)
    return ticket_token(booking, actor, handed_out=actor.is_signed_in)


# -- changes ---------------------------------------------------------------------------------------------


@act("events.reduce_booking")
def reduce_booking(*, booking: Booking, quantity: int, actor: Actor, staying: Sequence[int] = ()) -> Booking:
    """Fewer people come: the places given back go to who waits. ``staying`` are the ids of the guests who still come.

    Without it, where guests are on record, the last ones are taken off.
    """
    require(rules.may_hold_booking(actor, booking))
    _keep_changeable(booking)
    guests = list(booking.guests.all())
    kept = [guest for guest in guests if guest.pk in set(staying)] or guests[:quantity]
    if guests and len(kept) != quantity:
        raise Conflict(_("Choose who still comes: as many as the number you typed."))
    keep_who_came(booking, quantity)
    reduce_claim(claim=booking.claim, quantity=quantity, actor=actor)
    booking.guests.exclude(pk__in=[guest.pk for guest in kept]).delete()
    Booking.objects.filter(pk=booking.pk).update(quantity=quantity)
    record(people=quantity)
    fresh = Booking.objects.with_names().get(pk=booking.pk)
    renew_ticket_pass(fresh, actor)
    return fresh


def _keep_changeable(booking: Booking) -> None:
    if booking.is_cancelled:
        raise Conflict(_("This registration is cancelled."))
    if booking.slot.ends_at <= clock.now():
        raise Conflict(_("This time is over, so it stays as it was."))


@act("events.cancel_booking")
def cancel_booking(*, booking: Booking, actor: Actor, reason: str = "") -> Booking:
    """Give all places back; whoever waited longest and fits moves up. The ticket stops working."""
    require(rules.may_hold_booking(actor, booking))
    _keep_changeable(booking)
    keep_who_came(booking, 0)
    release_claim(claim=booking.claim, reason=one_line(reason, 300), actor=actor)
    revoke_pass(holder=booking.subject, group=booking.part.edition.subject, actor=actor)
    return Booking.objects.with_names().get(pk=booking.pk)


@act("events.restore_booking")
def restore_booking(*, booking: Booking, actor: Actor) -> Booking:
    """Undo a cancellation: places again while there are any, else the end of the waiting list."""
    require(rules.may_hold_booking(actor, booking))
    if not booking.is_cancelled:
        raise Conflict(_("This registration is not cancelled."))
    by_staff = rules.may_manage(actor, booking.part.edition.organisation)
    if reason := slot_closed(booking.slot, at_the_gate=by_staff):
        raise Conflict(reason)
    booking.claim = _claim(booking, booking.slot, actor, may_wait=True)
    booking.save(update_fields=["claim"])
    give_ticket_pass(booking, actor)
    record(state=str(booking.claim.state))
    return booking


@act("events.correct_booking")
def correct_booking(*, booking: Booking, version: int, visitor: Visitor, actor: Actor, note: str = "") -> Booking:
    """Staff set name, number, address and answers right; how many come is changed by acts of its own."""
    require(rules.may_manage(actor, booking.part.edition.organisation))
    keep_version(booking, version)
    _write_visitor(booking, visitor)
    booking.note = one_line(note, 300)
    booking.save()
    if visitor.answers:
        _write_answers(booking, visitor.answers)
    return booking


@act("events.move_booking")
def move_booking(*, booking: Booking, slot: Slot, actor: Actor) -> Booking:
    """Another time of the same part, with the same ticket: refused when not all find a place there."""
    require(rules.may_manage(actor, booking.part.edition.organisation))
    if slot.part_id != booking.slot.part_id or slot.pk == booking.slot_id:
        raise Conflict(_("Choose another time of the same part."))
    if reason := slot_closed(slot, at_the_gate=True):
        raise Conflict(reason)
    if booking.is_cancelled:
        raise Conflict(_("This registration is cancelled."))
    keep_who_came(booking, 0)
    locked(
        Pool.objects.filter(pk__in=[slot.pool_id, booking.slot.pool_id])
    )  # two who move crosswise do not block each other
    slot.pool.refresh_from_db()
    release_claim(claim=booking.claim, reason=gettext_noop("Moved to another time."), actor=actor)
    booking.claim, booking.slot = _claim(booking, slot, actor, may_wait=False), slot
    booking.save(update_fields=["claim", "slot"])
    give_ticket_pass(booking, actor)
    record(slot=slot.pk)
    return booking


@act("events.note_paid")
def note_paid(*, booking: Booking, amount: int, actor: Actor, receipt: str = "") -> Booking:
    """Staff or a volunteer at the gate note what was paid."""
    require(rules.may_register_at_gate(actor, booking.part))
    if booking.is_cancelled:
        raise Conflict(_("This registration is cancelled."))
    fields: dict[str, Any] = payment_of(booking.part).paid(booking, amount=amount, receipt=receipt, by=actor.key)
    if not Booking.objects.filter(pk=booking.pk, paid_at=None).update(**fields):
        raise Conflict(_("It is marked as paid already."))
    record(amount=amount)
    booking.refresh_from_db()
    return booking


@act("events.unmark_paid")
def unmark_paid(*, booking: Booking, actor: Actor) -> Booking:
    """Take back that it was paid, noted by mistake."""
    require(rules.may_manage(actor, booking.part.edition.organisation))
    record(amount=booking.paid_amount)
    booking.paid_at, booking.paid_amount, booking.receipt, booking.paid_by_key = None, None, "", ""
    booking.save(update_fields=["paid_at", "paid_amount", "receipt", "paid_by_key"])
    return booking

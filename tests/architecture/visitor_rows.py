"""Registrations of visitors for the table of who may."""

from __future__ import annotations

from typing import Any

from enggang.core.actor import SYSTEM
from enggang.events.domain.bookings import Visitor, book, cancel_booking, note_paid
from enggang.events.domain.consents import ask_guardian, consent_present, keep_signed_consent
from enggang.events.domain.ticketing import add_part_question, hand_out_walk_up, open_part
from enggang.events.enums import BookingSource
from enggang.events.models import Booking, Slot
from enggang.places.models import Organisation
from tests.events.factories import make_site
from tests.events.visiting import (
    again,
    booked_with_token,
    family,
    fresh,
    holder,
    make_festival,
    make_part,
    make_slot,
)


def visitors_of(organisation: Organisation) -> tuple[dict[str, Any], dict[str, str]]:
    """The rows and tokens of a side: a part with two times that costs something and asks for guardians."""
    edition = make_festival(organisation)
    part = make_part(edition, price=10_000, consent=True, site=make_site(edition))
    slot, other = Slot.objects.get(part=part), make_slot(part, 50)
    empty, draft = make_slot(part, 3), open_part(edition=edition, title="Rancangan", actor=SYSTEM)
    question = add_part_question(part=part, label="Asal", kind="text", actor=SYSTEM)
    mail: dict[str, Any] = {"email": "ani@contoh.go.id"}
    booking, ticket = booked_with_token(slot, guests=family("adult", "child"), **mail)
    consent = consent_present(booking=booking, name="Ibu", relation="Ibu", actor=holder(ticket))
    children, lone = booked_with_token(other, guests=family("child", "child"))
    _consent, guardian = ask_guardian(booking=children, name="Ibu", phone="081399998888", actor=holder(lone))
    gone, left = booked_with_token(other, guests=family("adult"))
    cancel_booking(booking=gone, actor=holder(left))
    papered, _token = booked_with_token(other, guests=family("child"))
    paper = keep_signed_consent(booking=papered, name="Bapak", content=b"%PDF-1.7", filename="a.pdf", actor=SYSTEM)
    walk_up = hand_out_walk_up(part=part, actor=SYSTEM)
    return (
        {
            "festival": edition.code, "part": part.code, "slot": slot.pk, "other_slot": other.pk, "empty_slot": empty.pk,
            "draft_part": draft.code, "part_question": question.pk, "booking": booking.code, "present_consent": consent.pk,
            "children": children.code, "gone": gone.code, "papered": papered.code, "paper_consent": paper.pk,
            "paid": _paid(other).code, "walked": _walked(other).code, "short": booking.short,
        },
        {"visit": ticket, "lone": lone, "left": left, "guardian": guardian, "walk_up": walk_up},
    )  # fmt: skip


def _walked(slot: Slot) -> Booking:
    return book(slot=fresh(slot), visitor=Visitor(people=2), source=BookingSource.WALK_UP, actor=SYSTEM)[0]


def _paid(slot: Slot) -> Booking:
    row = book(slot=fresh(slot), visitor=Visitor(guests=family("adult")), source=BookingSource.STAFF, actor=SYSTEM)[0]
    note_paid(booking=again(row), amount=10_000, actor=SYSTEM)
    return again(row)

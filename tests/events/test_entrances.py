"""A time to register for and its gates: the pass says how many, for when, and whether a guardian has agreed."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.admissions import admitted_to
from enggang.attendance.domain import open_gate, sync_scans
from enggang.attendance.domain.arrivals import Arrival
from enggang.attendance.enums import OccasionKind
from enggang.attendance.models import Occasion, Pass
from enggang.attendance.queries.gates import gate_list
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.codes import normalise_code
from enggang.events.domain.bookings import cancel_booking, move_booking, note_paid, reduce_booking, restore_booking
from enggang.events.domain.consents import answer_guardian, ask_guardian, withdraw_consent
from enggang.events.domain.stages import cancel_edition, revive_edition
from enggang.events.domain.ticketing import change_slot, drop_slot, move_slot, settle_slots
from enggang.events.enums import SlotState
from enggang.events.models import Booking, Slot
from enggang.places.models import Organisation
from tests.attendance.factories import signed_in
from tests.events.visiting import again, booked, family, fresh, holder, make_open_slot, make_slot
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot() -> Slot:
    return make_open_slot(make_agency(), capacity=20)


def pass_of(booking: Booking) -> Pass:
    return Pass.objects.select_related("only").get(holder=booking.subject)


def bring(slot: Slot, *arrivals: Arrival, device: str = "", hours: int = 24) -> list[tuple[str, str]]:
    occasion = occasion_of(slot)
    with clock.frozen_at(slot.starts_at):
        _gate, token = open_gate(
            group=occasion.group, organisation=occasion.organisation, name="Gerbang", hours=hours,
            kind=OccasionKind.OPEN, actor=SYSTEM,
        )  # fmt: skip
        brought = sync_scans(token=token, device=device or str(uuid.uuid4()), arrivals=arrivals, offset=0, waiting=0)
    assert brought.scans is not None
    return [(str(scan.verdict), str(scan.reason)) for scan in brought.scans]


def occasion_of(slot: Slot) -> Occasion:
    found = fresh(slot).occasion
    assert found is not None
    return found


def come(booking: Booking, quantity: int = 1, **over: Any) -> Arrival:
    slot = booking.slot
    return Arrival(
        uuid.uuid4(), occasion_of(slot).code, pass_of(booking).code, slot.starts_at, 0, quantity=quantity, **over
    )


def test_a_time_has_an_occasion_where_people_come_and_go(slot: Slot) -> None:
    occasion = occasion_of(slot)
    assert (occasion.kind, occasion.starts_at, occasion.ends_at) == ("open", slot.starts_at, slot.ends_at)
    assert occasion.group == slot.part.edition.subject


def test_what_stands_below_the_square_is_what_a_gate_takes_typed_in(slot: Slot) -> None:
    booking = booked(slot, people=2)
    assert pass_of(booking).code == booking.short
    typed = Arrival(
        uuid.uuid4(), occasion_of(slot).code, normalise_code(booking.spelled), slot.starts_at, 0, quantity=2
    )
    assert bring(slot, typed) == [("accepted", "")]
    cancelled = again(booked(slot, "Contoh Budi"))
    cancel_booking(booking=cancelled, actor=SYSTEM)
    restore_booking(booking=again(cancelled), actor=SYSTEM)
    assert pass_of(cancelled).code == cancelled.short


def test_a_family_is_let_in_on_one_ticket_and_at_its_own_time_alone(slot: Slot) -> None:
    booking = booked(slot, people=5)
    later = make_slot(slot.part, day=slot.day + timedelta(days=1))
    assert bring(slot, come(booking, 3)) == [("accepted", "")]
    wrong = Arrival(uuid.uuid4(), occasion_of(later).code, pass_of(booking).code, later.starts_at, 0)
    assert bring(later, wrong) == [("refused", "other_time")]
    assert bring(slot, come(booking, 2)) == [("accepted", "")]
    assert [(row.admitted, row.apart) for row in admitted_to(slot.part.edition.subject)] == [(5, False)]


def test_another_time_and_fewer_people_are_what_the_same_pass_says(slot: Slot) -> None:
    booking = booked(slot, people=4)
    code = pass_of(booking).code
    reduce_booking(booking=booking, quantity=2, actor=SYSTEM)
    assert (pass_of(booking).code, pass_of(booking).quantity) == (code, 2)
    later = make_slot(slot.part, day=slot.day + timedelta(days=1))
    move_booking(booking=again(booking), slot=later, actor=SYSTEM)
    assert (pass_of(booking).code, pass_of(booking).only) == (code, occasion_of(later))


def test_a_cancelled_ticket_is_refused_and_good_again_when_it_is_taken_up(slot: Slot) -> None:
    booking = booked(slot, people=2)
    cancel_booking(booking=booking, actor=SYSTEM)
    assert bring(slot, come(booking)) == [("refused", "revoked")]
    restore_booking(booking=again(booking), actor=SYSTEM)
    assert bring(slot, come(booking)) == [("accepted", "")]


def test_no_child_comes_in_before_a_guardian_has_said_so() -> None:
    slot = make_open_slot(make_agency(), consent=True)
    booking = booked(slot, guests=family("child", "child"))
    assert bring(slot, come(booking, 2)) == [("refused", "consent")]
    consent, token = ask_guardian(booking=booking, name="Contoh Ibu", phone="081299998888", actor=SYSTEM)
    from enggang.access.enums import LinkScope

    guardian = holder(token, LinkScope.GUARDIAN)
    consent = answer_guardian(consent=consent, agrees=True, relation="ibu", actor=guardian)
    assert bring(slot, come(booking)) == [("accepted", "")]
    withdraw_consent(consent=consent, actor=guardian)
    assert bring(slot, come(booking)) == [("refused", "consent")]


def test_the_gate_reads_the_name_what_is_to_be_paid_and_the_note(slot: Slot) -> None:
    slot.part.price = 50_000
    slot.part.save()
    booking = booked(slot, name="Contoh Ani", people=3)
    Booking.objects.filter(pk=booking.pk).update(note="kursi roda")
    occasion = occasion_of(slot)
    with clock.frozen_at(slot.starts_at):
        gate, _token = open_gate(
            group=occasion.group, organisation=occasion.organisation, name="Gerbang", hours=4, kind=OccasionKind.OPEN,
            actor=SYSTEM,
        )  # fmt: skip
        (told,) = gate_list(gate)["passes"]
        assert (told["name"], told["quantity"], told["only"]) == ("Contoh Ani", 3, occasion.code)
        assert "kursi roda" in told["agency"]
        assert "150.000" in told["agency"]
        note_paid(booking=again(booking), amount=150_000, actor=SYSTEM)
        assert "150.000" not in gate_list(gate)["passes"][0]["agency"]


def test_a_time_that_moves_is_called_off_or_cancelled_with_its_edition_takes_its_gates_along(slot: Slot) -> None:
    booking = booked(slot, people=2)
    day = slot.day + timedelta(days=1)
    slot = fresh(slot)
    facts = {"day": day, "begins": slot.begins, "ends": slot.ends, "site": slot.site}
    change_slot(slot=slot, version=slot.version, capacity=20, room=1, re_entry=False, actor=SYSTEM, **facts)
    occasion = occasion_of(slot)
    assert (occasion.starts_at.astimezone(slot.part.zone).date(), occasion.room, occasion.re_entry) == (day, 1, False)
    assert bring(fresh(slot), come(again(booking), 2)) == [("refused", "full")]
    move_slot(slot=fresh(slot), to=SlotState.CALLED_OFF, reason="hujan", actor=SYSTEM)
    assert bring(fresh(slot), come(again(booking))) == [("refused", "cancelled")]
    move_slot(slot=fresh(slot), to=SlotState.OPEN, reason="", actor=SYSTEM)
    edition = slot.part.edition
    decided: dict[str, Any] = {"reason": "banjir", "decider": "Kepala", "decided_on": date(2026, 1, 2), "actor": SYSTEM}
    cancel_edition(edition=edition, **decided)
    assert occasion_of(slot).is_cancelled
    revive_edition(edition=edition, **decided)
    assert not occasion_of(slot).is_cancelled


def test_a_time_that_moves_with_its_edition_takes_its_gates_along(slot: Slot) -> None:
    edition = slot.part.edition
    assert edition.starts_on
    edition.starts_on += timedelta(days=1)
    edition.ends_on = edition.ends_on and edition.ends_on + timedelta(days=1)
    edition.save()
    before = occasion_of(slot).starts_at
    settle_slots(part=fresh(slot).part, shift=True, actor=SYSTEM)
    assert occasion_of(slot).starts_at == before + timedelta(days=1)


def test_a_time_that_nobody_wanted_goes_with_its_gates(slot: Slot) -> None:
    drop_slot(slot=fresh(slot), actor=SYSTEM)
    assert not Occasion.objects.exists()


def test_staff_go_from_a_time_to_its_gates(slot: Slot) -> None:
    agency: Organisation = slot.part.edition.organisation
    client = signed_in(Role.ORGANISER, agency)
    occasion = occasion_of(slot)
    page = reverse("attendance:occasion", args=[occasion.code])
    assert page in client.get(reverse("events:part", args=[slot.part.code])).content.decode()
    assert page in client.get(reverse("events:visitors", args=[slot.part.edition.code])).content.decode()
    assert client.get(page).status_code == 200


def test_the_invariants_hold_after_all_that(slot: Slot) -> None:
    booking = booked(slot, people=2)
    bring(slot, come(booking))
    call_command("doctor", "--invariants")

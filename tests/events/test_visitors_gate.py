"""What the gate is told of visitors: a time is an occasion, a family one pass, a missing consent holds it back; and what the
gate tells back."""

from __future__ import annotations

import uuid
from datetime import time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.attendance.admissions import admitted_to
from enggang.attendance.domain import open_gate, sync_scans
from enggang.attendance.domain.arrivals import Arrival
from enggang.attendance.enums import OccasionKind, Withheld
from enggang.attendance.models import Occasion, Pass, Presence
from enggang.attendance.queries.gates import gate_list
from enggang.attendance.queries.passages import expected
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.events.domain import bookings as acts
from enggang.events.domain import ticketing
from enggang.events.domain.consents import consent_present, withdraw_consent
from enggang.events.domain.stages import cancel_edition, revive_edition
from enggang.events.models import Booking, Edition, Slot
from enggang.events.queries.sound_visitors import unsound_bookings
from enggang.places.models import Organisation
from tests.events.test_bookings import moved
from tests.events.visiting import again, booked, booked_with_token, family, fresh, holder, make_open_slot, make_slot
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def slot(agency: Organisation) -> Slot:
    return make_open_slot(agency)


def pass_of(booking: Booking) -> Pass:
    return Pass.objects.select_related("only").get(holder=booking.subject_id)


def occasion_of(slot: Slot) -> Occasion:
    found = fresh(slot).occasion
    assert found is not None
    found.refresh_from_db()
    return found


def let_in(slot: Slot, booking: Booking, *quantities: int) -> list[tuple[str, str]]:
    """A phone at the gate of the edition reads the ticket so many times, at the beginning of the time."""
    edition, at = slot.part.edition, slot.starts_at
    with clock.frozen_at(at):
        _gate, token = open_gate(
            group=edition.subject, organisation=edition.organisation, name="Dermaga", hours=6, kind=OccasionKind.OPEN,
            actor=SYSTEM,
        )  # fmt: skip
    code, held = occasion_of(slot).code, pass_of(booking).code
    read = [
        Arrival(uuid.uuid4(), code, held, at + timedelta(minutes=n), 0, "in", quantity)
        for n, quantity in enumerate(quantities)
    ]
    with clock.frozen_at(at + timedelta(hours=1)):
        brought = sync_scans(token=token, device=str(uuid.uuid4()), arrivals=read, offset=0, waiting=0)
    assert brought.scans is not None
    return [(str(scan.verdict), str(scan.reason)) for scan in brought.scans]


class TestTimes:
    def test_a_time_is_an_occasion_and_follows_it(self, slot: Slot) -> None:
        occasion = occasion_of(slot)
        assert (occasion.kind, occasion.starts_at, occasion.group_id) == (
            OccasionKind.OPEN, slot.starts_at, slot.part.edition.subject_id,
        )  # fmt: skip
        row = fresh(slot)
        hours: dict[str, Any] = {"begins": time(20), "ends": time(1)}
        ticketing.change_slot(slot=row, version=row.version, capacity=10, actor=SYSTEM, **hours)
        assert occasion_of(slot).ends_at == fresh(slot).ends_at

    def test_called_off_and_back(self, slot: Slot) -> None:
        ticketing.move_slot(slot=fresh(slot), to="called_off", reason="Angin", actor=SYSTEM)
        assert occasion_of(slot).is_cancelled
        ticketing.move_slot(slot=fresh(slot), to="open", reason="", actor=SYSTEM)
        assert not occasion_of(slot).is_cancelled

    def test_moved_with_the_edition_when_somebody_accepts(self, slot: Slot) -> None:
        moved(slot.part.edition, 7)
        assert occasion_of(slot).starts_at == slot.starts_at
        ticketing.settle_slots(part=fresh(slot).part, shift=True, actor=SYSTEM)
        assert occasion_of(slot).starts_at == slot.starts_at + timedelta(days=7)

    def test_a_cancelled_edition_lets_nobody_in_and_what_was_called_off_stays_so(self, slot: Slot) -> None:
        other = make_slot(slot.part, begins=time(22), ends=time(23))
        ticketing.move_slot(slot=fresh(other), to="called_off", reason="Angin", actor=SYSTEM)
        edition, today = Edition.objects.with_names().get(pk=slot.part.edition.pk), clock.today()
        cancel_edition(edition=edition, reason="Banjir", decider="K", decided_on=today, actor=SYSTEM)
        assert occasion_of(slot).is_cancelled
        revive_edition(edition=edition, reason="Surut", decider="K", decided_on=today, actor=SYSTEM)
        assert (occasion_of(slot).is_cancelled, occasion_of(other).is_cancelled) == (False, True)

    def test_a_time_that_is_removed_leaves_no_occasion(self, slot: Slot) -> None:
        other = make_slot(slot.part, begins=time(22), ends=time(23))
        pk = occasion_of(other).pk
        ticketing.drop_slot(slot=fresh(other), actor=SYSTEM)
        assert not Occasion.objects.filter(pk=pk).exists()


class TestPasses:
    def test_a_pass_says_how_many_and_for_which_time(self, slot: Slot) -> None:
        row, token = booked_with_token(slot, people=4)
        assert (pass_of(row).quantity, pass_of(row).only) == (4, occasion_of(slot))
        acts.reduce_booking(booking=row, quantity=3, actor=holder(token))
        other = make_slot(slot.part, begins=time(22), ends=time(23))
        acts.move_booking(booking=again(row), slot=fresh(other), actor=SYSTEM)
        assert (pass_of(row).quantity, pass_of(row).only) == (3, occasion_of(other))

    def test_a_missing_consent_holds_it_back(self, agency: Organisation) -> None:
        slot = make_open_slot(agency, consent=True)
        row, token = booked_with_token(slot, guests=family("adult", "child"))
        assert pass_of(row).withheld == Withheld.CONSENT
        assert let_in(slot, row, 2) == [("refused", "consent")]
        consent = consent_present(booking=row, name="Ibu", relation="Ibu", actor=holder(token))
        assert pass_of(row).withheld == Withheld.NOTHING
        withdraw_consent(consent=consent, actor=holder(token))
        assert pass_of(row).withheld == Withheld.CONSENT

    def test_whoever_moves_up_has_all_of_it(self, slot: Slot) -> None:
        first, token = booked_with_token(slot, people=6)
        second = booked(slot, people=6)
        acts.cancel_booking(booking=first, actor=holder(token))
        assert (pass_of(second).quantity, pass_of(second).is_revoked) == (6, False)
        assert pass_of(first).is_revoked


class TestAtTheGate:
    def test_a_family_comes_in_two_parts_and_the_ticket_says_so(self, slot: Slot) -> None:
        row, token = booked_with_token(slot, people=5)
        assert let_in(slot, row, 3, 1, 4) == [("accepted", ""), ("accepted", ""), ("repeated", "all_in")]
        client = Client()
        client.cookies["django_language"] = "en"
        assert "4 of 5 are in" in client.get(reverse("events:ticket", args=[token])).content.decode()
        (told,) = admitted_to(slot.part.edition.subject)
        assert told.admitted == 4
        Presence.objects.update(inside=6, entered=6)  # a supervisor let in more than the ticket is for
        assert "5 of 5 are in" in client.get(reverse("events:ticket", args=[token])).content.decode()

    def test_who_came_is_not_cancelled_and_not_less_than_came(self, slot: Slot) -> None:
        row, token = booked_with_token(slot, people=5)
        let_in(slot, row, 3)
        with pytest.raises(Conflict, match="3 people have come in"):
            acts.cancel_booking(booking=row, actor=holder(token))
        with pytest.raises(Conflict, match="3 people have come in"):
            acts.reduce_booking(booking=row, quantity=2, actor=holder(token))
        acts.reduce_booking(booking=row, quantity=3, actor=holder(token))
        assert pass_of(row).quantity == 3

    def test_the_phone_reads_names_and_what_staff_should_know(self, agency: Organisation) -> None:
        slot = make_open_slot(agency, consent=True, price=5_000)
        row, token = booked_with_token(slot, "أحمد", guests=family("adult", "child"))
        consent_present(booking=row, name="Ibu Ani", relation="Ibu", actor=holder(token))
        (line,) = expected(occasion_of(slot))
        assert line.name == "أحمد"
        assert "Ibu Ani" in line.note
        assert "10.000" in line.note

    def test_a_list_of_three_asks_as_much_as_of_one(self, slot: Slot) -> None:
        edition = slot.part.edition
        with clock.frozen_at(slot.starts_at):
            gate, _token = open_gate(
                group=edition.subject, organisation=edition.organisation, name="A", hours=6, kind=OccasionKind.OPEN,
                actor=SYSTEM,
            )  # fmt: skip
            booked(slot)
            with CaptureQueriesContext(connection) as one:
                gate_list(gate)
            booked(slot), booked(slot)
            with CaptureQueriesContext(connection) as three:
                assert len(gate_list(gate)["passes"]) == 3
        assert len(one) == len(three)


def parted(people: int, most: int) -> list[int]:
    return [most] * (people // most) + [people % most] * bool(people % most)


def test_the_gate_knows_whoever_waits_and_lets_them_in_once_they_have_a_place(slot: Slot) -> None:
    others = [booked(slot, people=part) for part in parted(slot.pool.size, slot.part.most)]
    waiting = booked(slot, people=1)
    assert (again(waiting).is_waiting, pass_of(waiting).withheld) == (True, Withheld.WAITING)
    assert waiting.short not in {line.code for line in expected(occasion_of(slot))}
    assert unsound_bookings() == []
    acts.cancel_booking(booking=again(others[0]), actor=SYSTEM)
    assert (again(waiting).is_seated, pass_of(waiting).withheld) == (True, Withheld.NOTHING)
    assert waiting.short in {line.code for line in expected(occasion_of(slot))}
    assert unsound_bookings() == []

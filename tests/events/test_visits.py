"""Visitors register by themselves: open, full, closed and over; once however often it is sent; never one place too many."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.attendance.models import Pass
from enggang.attendance.tokens import find_pass
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict
from enggang.events.domain import ticketing
from enggang.events.domain.bookings import Visitor, book
from enggang.events.domain.stages import cancel_edition
from enggang.events.enums import AgeGroup
from enggang.events.models import Booking, BookingAnswer, Slot
from enggang.events.queries.tickets import ticket_of
from enggang.events.queries.visitors import when_in_words
from enggang.places.models import Organisation
from tests.events.visiting import booked, booked_with_token, family, fresh, make_open_slot, make_slot, page_of
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db
KEY = "k" * 32
TYPED: dict[str, Any] = {"key": KEY, "name": "Contoh Ani", "phone": "0812-3456-7890", "people": 2, "email": ""}


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def slot(agency: Organisation) -> Slot:
    return make_open_slot(agency)


@pytest.fixture
def client() -> Client:
    found = Client()
    found.cookies["django_language"] = "en"
    return found


def test_what_is_typed_on_a_phone_becomes_a_ticket(client: Client, slot: Slot) -> None:
    assert "10 places left" in client.get(reverse("events:visit", args=[slot.part.edition.code])).content.decode()
    answer = client.post(page_of(slot), TYPED, follow=True)
    page = answer.content.decode()
    booking = Booking.objects.with_names().get()
    assert booking.is_seated
    assert booking.quantity == 2
    assert booking.phone == "+6281234567890"
    assert booking.spelled in page
    assert "2 people" in page
    assert "WIB" in page
    assert "<svg" in page
    assert fresh(slot).pool.taken == 2


def test_the_square_code_is_a_pass_without_a_name(slot: Slot) -> None:
    booking = booked(slot, people=3)
    url = ticket_of(booking).pass_url
    found = find_pass(url.split("/hadir/p/")[1].strip("/"))
    assert found is not None
    assert found.holder_id == booking.subject_id
    assert found.group_id == slot.part.edition.subject_id
    assert booking.name not in url


def test_sent_twice_it_is_one_registration(client: Client, slot: Slot) -> None:
    first, second = client.post(page_of(slot), TYPED), client.post(page_of(slot), TYPED)
    assert first.status_code == second.status_code == 302
    assert Booking.objects.count() == 1
    assert "/acara/t/" in second["Location"]
    assert fresh(slot).pool.taken == 2


def test_back_after_it_leads_to_the_ticket(client: Client, slot: Slot) -> None:
    client.post(page_of(slot), TYPED)
    page = client.get(page_of(slot)).content.decode()
    assert "You have registered for this time already" in page
    assert "Register other people" in page
    client.post(page_of(slot), {**TYPED, "key": "m" * 32})  # deliberately others
    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": 0}, {"people": 999}, {"people": -3}, {"people": "banyak"}, {"people": ""}, {"name": ""}, {"name": "x" * 161},
        {"phone": ""}, {"phone": "bukan nomor"}, {"phone": "1"}, {"email": "bukan"}, {"name": "\u202e\u200f"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_was_typed(client: Client, slot: Slot, wrong: dict[str, Any]) -> None:
    answer = client.post(page_of(slot), {**TYPED, **wrong})
    assert answer.status_code == 422
    assert not Booking.objects.exists()
    assert fresh(slot).pool.taken == 0
    if "phone" not in wrong:
        assert "0812-3456-7890" in answer.content.decode()


@pytest.mark.parametrize("name", ["أحمد بن علي", "Ani 🎉👩‍👩‍👧", "<b>Ani</b>", 'Ja\'far "Ali"', "陈" * 160, "a\x00b"])
def test_a_name_in_any_script_is_kept_and_shown_safely(client: Client, slot: Slot, name: str) -> None:
    page = client.post(page_of(slot), {**TYPED, "name": name}, follow=True)
    booking = Booking.objects.get()
    assert page.status_code == 200
    assert booking.name
    assert "<b>Ani</b>" not in page.content.decode()
    assert client.get(page.request["PATH_INFO"] + "tiket.pdf").content.startswith(b"%PDF")


def test_ages_are_not_called_optional(client: Client, agency: Organisation) -> None:
    slot = make_open_slot(agency, consent=True)
    page = client.get(page_of(slot)).content.decode()
    assert page.count("(optional)") == 1  # the e-mail address
    assert client.post(page_of(slot), {**TYPED, "age-adult": "1", "age-child": ""}).status_code == 302


def test_a_machine_that_fills_every_field_registers_nobody(client: Client, slot: Slot) -> None:
    assert client.post(page_of(slot), {**TYPED, "situs": "http://iklan"}).status_code == 422
    assert not Booking.objects.exists()


def test_too_many_with_one_number_wait(client: Client, slot: Slot) -> None:
    codes = [client.post(page_of(slot), {**TYPED, "key": f"{n:032d}", "people": 1}).status_code for n in range(13)]
    assert codes[:12] == [302] * 12
    assert codes[12] == 422


def test_full_is_a_waiting_list_that_says_so(client: Client, agency: Organisation) -> None:
    slot = make_open_slot(agency, capacity=3)
    booked(slot, people=2)
    assert "1 place is left" in client.get(page_of(slot)).content.decode()
    page = client.post(page_of(slot), TYPED, follow=True).content.decode()
    waiting = Booking.objects.waiting().get()
    assert "at place 1" in page
    assert not Pass.objects.placed().filter(holder=waiting.subject_id).exists()
    assert ticket_of(Booking.objects.with_names().get(pk=waiting.pk)).pass_svg == ""


class TestClosed:
    def refused(self, client: Client, slot: Slot, words: str) -> None:
        page, answer = client.get(page_of(slot)).content.decode(), client.post(page_of(slot), TYPED)
        assert words in page
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Booking.objects.exists()

    def test_before_and_after_the_window(self, client: Client, slot: Slot) -> None:
        part, now = slot.part, clock.now()
        ticketing.change_part(part=part, version=part.version, opens_at=now + timedelta(days=1), actor=SYSTEM)
        self.refused(client, slot, "Registration opens on")
        facts = {"opens_at": None, "closes_at": now - timedelta(days=1)}
        ticketing.change_part(part=part, version=part.version, actor=SYSTEM, **facts)
        self.refused(client, slot, "Registration closed on")

    def test_a_time_that_is_closed_or_called_off_says_why(self, client: Client, slot: Slot) -> None:
        ticketing.move_slot(slot=fresh(slot), to="closed", reason="Untuk rombongan", actor=SYSTEM)
        self.refused(client, slot, "Untuk rombongan")
        ticketing.move_slot(slot=fresh(slot), to="called_off", reason="Air pasang", actor=SYSTEM)
        self.refused(client, slot, "Air pasang")
        ticketing.move_slot(slot=fresh(slot), to="open", reason="", actor=SYSTEM)
        assert client.post(page_of(slot), TYPED).status_code == 302

    def test_a_time_that_is_over(self, client: Client, slot: Slot) -> None:
        with clock.frozen_at(slot.ends_at):
            self.refused(client, slot, "This time is over")

    def test_a_cancelled_edition(self, client: Client, slot: Slot) -> None:
        today = clock.today()
        cancel_edition(edition=slot.part.edition, reason="Banjir", decider="K", decided_on=today, actor=SYSTEM)
        self.refused(client, slot, "Banjir")

    def test_the_ticket_of_what_is_not_held_is_void_and_asks_for_nothing(
        self, client: Client, agency: Organisation
    ) -> None:
        """Also when the time had moved before: nothing on it says that the ticket stays good."""
        slot = make_open_slot(agency, price=25_000)
        _booking, token = booked_with_token(slot)
        page = reverse("events:ticket", args=[token])
        assert "To be paid: Rp" in client.get(page).content.decode()
        facts: dict[str, Any] = {
            "capacity": 10,
            "day": slot.day + timedelta(days=1),
            "begins": slot.begins,
            "ends": slot.ends,
        }
        ticketing.change_slot(slot=fresh(slot), version=fresh(slot).version, actor=SYSTEM, **facts)
        assert "Your ticket stays good" in client.get(page).content.decode()
        ticketing.move_slot(slot=fresh(slot), to="called_off", reason="Ombak tinggi", actor=SYSTEM)
        off = client.get(page).content.decode()
        cancel_edition(
            edition=slot.part.edition, reason="Kabut asap", decider="Bupati", decided_on=clock.today(), actor=SYSTEM
        )
        cancelled = client.get(page).content.decode()
        for text, reason in ((off, "Ombak tinggi"), (cancelled, "Kabut asap")):
            assert f"Reason: {reason}. Your ticket is void; there is nothing to pay." in text
            assert "To be paid" not in text
            assert "stays good" not in text
            assert "data-picture" not in text  # nothing to hold up

    def test_a_part_that_is_closed_and_one_that_is_a_draft(self, client: Client, slot: Slot) -> None:
        draft = make_slot(ticketing.open_part(edition=slot.part.edition, title="Rahasia", actor=SYSTEM))
        assert client.get(page_of(draft)).status_code == 404
        ticketing.move_part(part=slot.part, to="closed", actor=SYSTEM)
        self.refused(client, slot, "Registration is closed")

    def test_an_edition_that_is_not_published_is_not_there(self, client: Client, agency: Organisation) -> None:
        from tests.events.factories import make_edition

        code = make_edition(agency, year=2031).code
        assert client.get(reverse("events:visit", args=[code])).status_code == 404


def test_a_time_across_midnight_ends_on_the_next_day(slot: Slot) -> None:
    late = make_slot(slot.part, day=slot.day, begins=time(20), ends=time(2))
    assert late.last_day == slot.day + timedelta(days=1)
    assert late.ends_at - late.starts_at == timedelta(hours=6)
    with clock.frozen_at(late.ends_at - timedelta(minutes=1)):
        assert booked(late).is_seated
    with clock.frozen_at(late.ends_at), pytest.raises(Conflict, match="over"):
        booked(late)


def test_the_clock_of_the_place_counts_also_on_the_night_it_is_put_forward(slot: Slot) -> None:
    """Visitors live in zones of their own, and a place may have summer time: hours are those of the place, named."""
    edition = slot.part.edition
    edition.time_zone = "Europe/Berlin"
    edition.save()
    night = date(edition.starts_on.year + 1 if edition.starts_on else 2027, 3, 31)
    night -= timedelta(days=(night.weekday() + 1) % 7)  # the last Sunday of March
    row = fresh(slot)
    ticketing.change_slot(
        slot=row, version=row.version, capacity=10, day=night, begins=time(0, 30), ends=time(4), actor=SYSTEM
    )
    found = fresh(slot)
    assert found.ends_at.astimezone(UTC) - found.starts_at.astimezone(UTC) == timedelta(hours=2, minutes=30)
    assert "CET" in when_in_words(found)


class TestAges:
    def test_a_family_is_counted_by_age(self, client: Client, agency: Organisation) -> None:
        slot = make_open_slot(agency, consent=True)
        typed = {**TYPED, "age-adult": 2, "age-youth": 1, "age-child": 2, "age-infant": ""}
        page = client.post(page_of(slot), typed, follow=True).content.decode()
        booking = Booking.objects.get()
        assert booking.quantity == 5
        assert booking.guests.filter(age=AgeGroup.CHILD).count() == 2
        assert "consent is missing for 3 minors" in page

    def test_nobody_and_too_many(self, client: Client, agency: Organisation) -> None:
        slot = make_open_slot(agency, consent=True)
        assert client.post(page_of(slot), {**TYPED, "age-adult": 0}).status_code == 422
        assert client.post(page_of(slot), {**TYPED, "age-adult": 4, "age-child": 4}).status_code == 422
        assert not Booking.objects.exists()

    def test_the_youngest_age(self, agency: Organisation) -> None:
        slot = make_open_slot(agency, least_age=13)
        with pytest.raises(Conflict, match="13 years"):
            booked(slot, guests=family("adult", "child"))
        assert booked(slot, guests=family("adult", "youth")).is_seated


class TestNames:
    ROWS = {"guests-TOTAL_FORMS": 3, "guests-INITIAL_FORMS": 0, "guests-0-name": "Ani", "guests-1-name": "بودي"}

    def test_everybody_is_named(self, client: Client, agency: Organisation) -> None:
        slot = make_open_slot(agency, names=True)
        assert client.post(page_of(slot), {**TYPED, **self.ROWS}).status_code == 302
        assert [guest.name for guest in Booking.objects.get().guests.all()] == ["Ani", "بودي"]

    def test_without_a_name_nobody_comes(self, client: Client, agency: Organisation) -> None:
        slot = make_open_slot(agency, names=True)
        rows = {**self.ROWS, "guests-0-name": "", "guests-1-name": " "}
        assert client.post(page_of(slot), {**TYPED, **rows}).status_code == 422
        assert not Booking.objects.exists()

    def test_more_rows_keep_what_was_typed(self, client: Client, agency: Organisation) -> None:
        slot = make_open_slot(agency, names=True)
        page = client.post(page_of(slot), {**TYPED, **self.ROWS, "more": "1"}).content.decode()
        assert "guests-6-name" in page
        assert "بودي" in page
        assert not Booking.objects.exists()


def test_own_questions_are_asked_and_answered(client: Client, slot: Slot) -> None:
    ask = ticketing.add_part_question(part=slot.part, label="Asal kota", kind="text", required=True, actor=SYSTEM)
    assert client.post(page_of(slot), TYPED).status_code == 422
    assert client.post(page_of(slot), {**TYPED, f"question-{ask.pk}": "Sambas"}).status_code == 302
    assert BookingAnswer.objects.get().text == "Sambas"


class TestFinding:
    def test_by_number_and_code_however_they_are_typed(self, client: Client, slot: Slot) -> None:
        booking = booked(slot)
        typed = {"phone": "+62 812 3456 7890", "code": booking.spelled.lower()}
        answer = client.post(reverse("events:ticket_find"), typed, follow=True)
        assert booking.spelled in answer.content.decode()

    def test_whatever_is_wrong_gets_one_answer(self, client: Client, slot: Slot) -> None:
        booking = booked(slot)
        tries = [("081234567890", "ZZZZZZZZ"), ("081999999999", booking.short), ("081999999999", "ZZZZZZZZ")]
        pages = [client.post(reverse("events:ticket_find"), {"phone": p, "code": c}) for p, c in tries]
        assert {page.status_code for page in pages} == {422}
        assert all("no ticket with this number and this code" in page.content.decode() for page in pages)

    def test_guessing_ends(self, client: Client, slot: Slot) -> None:
        booking = booked(slot)
        for _n in range(6):
            client.post(reverse("events:ticket_find"), {"phone": booking.phone, "code": "ZZZZZZZZ"})
        answer = client.post(reverse("events:ticket_find"), {"phone": booking.phone, "code": booking.short})
        assert answer.status_code == 422
        assert "many attempts" in answer.content.decode()


def test_the_page_asks_as_much_for_three_times_as_for_one(client: Client, slot: Slot) -> None:
    address = reverse("events:visit", args=[slot.part.edition.code])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    make_slot(slot.part), make_slot(slot.part)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(one) == len(three)


def test_a_request_key_of_somebody_else_is_too_long_to_be_guessed_and_an_empty_one_is_none(slot: Slot) -> None:
    for _n in range(2):
        book(slot=fresh(slot), visitor=Visitor(name="A", phone="081234567890"), request_key="", actor=ANONYMOUS)
    assert Booking.objects.filter(request_key=None).count() == 2

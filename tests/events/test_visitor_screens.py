"""The screens of staff for visitors, the gate's own registration, and what becomes of it all later."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.documents.rendering.ticket import TicketPaper
from enggang.events.domain import ticketing
from enggang.events.domain.bookings import cancel_booking
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.consents import keep_signed_consent
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.editions import drop_site
from enggang.events.domain.forgetting import forget_visitors
from enggang.events.domain.reference import load_reference
from enggang.events.domain.stages import cancel_edition
from enggang.events.models import Booking, Edition, GuardianConsent, Part, Slot
from enggang.events.queries.moves import dependents
from enggang.places.models import Organisation
from tests.events.factories import make_site
from tests.events.visiting import (
    again,
    booked,
    booked_with_token,
    family,
    fresh,
    make_festival,
    make_open_slot,
    make_slot,
)
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


@pytest.fixture
def agency() -> Organisation:
    load_reference(actor=SYSTEM)
    return make_agency()


@pytest.fixture
def slot(agency: Organisation) -> Slot:
    return make_open_slot(agency)


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


@pytest.fixture
def volunteer(slot: Slot) -> tuple[Client, str]:
    """A borrowed phone with the part's address, and nobody signed in."""
    found = Client()
    found.cookies["django_language"] = "en"
    return found, ticketing.hand_out_walk_up(part=slot.part, actor=SYSTEM)


class TestParts:
    def test_begun_given_a_time_and_opened(self, client: Client, slot: Slot) -> None:
        edition = slot.part.edition
        typed: dict[str, Any] = {
            "title": " Perahu  pagi ",
            "price": 0,
            "most": 6,
            "least_age": 0,
            "opens_at": "2026-01-01T08:00",
        }
        client.post(reverse("events:part_new", args=[edition.code]), typed)
        part = Part.objects.get(title="Perahu pagi")
        assert part.opens_at is not None
        assert part.opens_at.astimezone(part.zone).hour == 8
        page = client.post(reverse("events:part_move", args=[part.code]), {"to": "open"}, follow=True)
        assert "Add a time" in page.content.decode()
        hours = {"day": str(edition.starts_on), "begins": "19:00", "ends": "02:00", "capacity": 12}
        client.post(reverse("events:slot_add", args=[part.code]), hours)
        client.post(reverse("events:part_move", args=[part.code]), {"to": "open"})
        part.refresh_from_db()
        assert part.is_open
        assert "(until" in client.get(reverse("events:part", args=[part.code])).content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""}, {"title": "x" * 161}, {"price": -1}, {"price": 10**12}, {"most": 0}, {"most": 999}, {"least_age": 7},
            {"opens_at": "2026-02-01T08:00", "closes_at": "2026-01-01T08:00"}, {"site": 999_999}, {"opens_at": "kapan"},
        ],
    )  # fmt: skip
    def test_what_cannot_be_keeps_what_was_typed(self, client: Client, slot: Slot, wrong: dict[str, Any]) -> None:
        typed = {"title": "Perahu", "price": 0, "most": 6, "least_age": 0, "description": "Pelampung ada", **wrong}
        answer = client.post(reverse("events:part_new", args=[slot.part.edition.code]), typed)
        assert answer.status_code == 422
        assert "Pelampung ada" in answer.content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [{"capacity": 0}, {"capacity": -1}, {"capacity": 10**9}, {"day": "besok"}, {"begins": "25:00"}, {"ends": ""}],
    )
    def test_a_time_that_cannot_be(self, client: Client, slot: Slot, wrong: dict[str, Any]) -> None:
        typed = {"day": str(slot.day), "begins": "08:00", "ends": "09:00", "capacity": 5, **wrong}
        assert client.post(reverse("events:slot_add", args=[slot.part.code]), typed).status_code == 422

    def test_two_tabs_meet(self, client: Client, slot: Slot) -> None:
        typed = {"version": slot.version, "day": str(slot.day), "begins": "08:00", "ends": "09:00", "capacity": 5}
        address = reverse("events:slot", args=[slot.part.code, slot.pk])
        assert client.post(address, typed).status_code == 302
        assert client.post(address, {**typed, "capacity": 6}).status_code == 422

    def test_calling_off_needs_a_reason(self, client: Client, slot: Slot) -> None:
        address = reverse("events:slot_move", args=[slot.part.code, slot.pk])
        assert client.post(address, {"to": "called_off", "reason": " "}).status_code == 422
        assert client.post(address, {"to": "called_off", "reason": "Banjir"}).status_code == 302
        assert fresh(slot).is_called_off

    def test_what_somebody_counts_on_is_not_removed(self, slot: Slot) -> None:
        booked(slot)
        with pytest.raises(Conflict, match="Call it off"):
            ticketing.drop_slot(slot=fresh(slot), actor=SYSTEM)
        with pytest.raises(Conflict):
            ticketing.drop_part(part=slot.part, actor=SYSTEM)
        assert slot.part.site is not None
        with pytest.raises(Conflict, match="register for this place"):
            drop_site(site=slot.part.site, actor=SYSTEM)
        empty = make_slot(slot.part, begins=time(22), ends=time(23))
        ticketing.drop_slot(slot=fresh(empty), actor=SYSTEM)
        assert not Slot.objects.filter(pk=empty.pk).exists()

    def test_an_answered_question_stays(self, client: Client, slot: Slot) -> None:
        address = reverse("events:part_question_add", args=[slot.part.code])
        assert client.post(address, {"label": "Warna", "kind": "choice", "choices": "satu"}).status_code == 422
        client.post(address, {"label": "Asal", "kind": "text"})
        ask = slot.part.questions.get()
        booked(slot, answers={ask.pk: "Sambas"})
        with pytest.raises(Conflict):
            ticketing.drop_part_question(question=ask, actor=SYSTEM)


class TestAPlaceThatIsClosed:
    def test_everything_there_on_that_day_is_called_off_and_told(self, client: Client, slot: Slot) -> None:
        there, elsewhere = make_site(slot.part.edition, "Dermaga"), fresh(slot)
        part = ticketing.open_part(edition=elsewhere.part.edition, title="Perahu", site=there, actor=SYSTEM)
        today, later = make_slot(part), make_slot(part, day=slot.day + timedelta(days=1))
        other = make_slot(fresh(slot).part, site=there, begins=time(8), ends=time(9))
        ticketing.move_part(part=part, to="open", actor=SYSTEM)
        row = booked(today)
        address = reverse("events:visitor_site_close", args=[slot.part.edition.code])
        typed = {"site": there.pk, "day": str(slot.day), "reason": "Gelombang tinggi"}
        assert client.post(address, {**typed, "reason": ""}).status_code == 422
        assert client.post(address, {**typed, "day": "2031-01-01"}).status_code == 422
        page = client.post(address, typed, follow=True).content.decode()
        assert "2 times are called off" in page
        assert [fresh(each).is_called_off for each in (today, other, later, slot)] == [True, True, False, False]
        assert again(row).news == "called_off"
        assert client.post(address, typed).status_code == 422  # twice is once
        foreign = make_site(make_festival(make_agency("Lain"), "Lain"))
        assert client.post(address, {**typed, "site": foreign.pk}).status_code == 422


class TestList:
    def names(self, client: Client, at: Slot, **query: Any) -> list[str]:
        page = client.get(reverse("events:bookings", args=[at.part.edition.code]), query)
        return [row.name for row in page.context["page_obj"]]

    def test_found_by_name_number_and_code(self, client: Client, slot: Slot) -> None:
        ani, _budi = booked(slot, "Contoh Ani"), booked(slot, "Contoh Budi", phone="081300001111")
        assert self.names(client, slot, text="ani") == ["Contoh Ani"]
        assert self.names(client, slot, text="0813-0000-1111") == ["Contoh Budi"]
        assert self.names(client, slot, text=ani.spelled.lower()) == ["Contoh Ani"]
        assert self.names(client, slot, text="tidak ada") == []
        assert len(self.names(client, slot, text="'; DROP\x00")) in {0, 2}

    def test_narrowed(self, client: Client, agency: Organisation) -> None:
        slot = make_open_slot(agency, capacity=3, price=5_000, consent=True)
        booked(slot, "A", guests=family("adult", "child"))
        booked(slot, "B", guests=family("adult", "adult"))
        assert self.names(client, slot, state="waiting") == ["B"]
        assert self.names(client, slot, lacks="persetujuan") == ["A"]
        assert self.names(client, slot, lacks="bayar") == ["A", "B"]
        assert self.names(client, slot, slot=slot.pk) == ["A", "B"]

    def test_as_a_file_with_the_columns_that_were_chosen(self, client: Client, slot: Slot) -> None:
        booked(slot, "=HYPERLINK(1)")
        address = reverse("events:bookings", args=[slot.part.edition.code])
        answer = client.post(address, {"list": "visitors", "form": "csv", "column": ["name", "people"]})
        text = answer.content.decode("utf-8-sig")
        assert "HYPERLINK" in text
        assert "081234567890" not in text

    def test_asks_as_much_for_three_as_for_one(self, client: Client, slot: Slot) -> None:
        for address in ("events:bookings", "events:visitor_news", "events:visitors"):
            where = reverse(address, args=[slot.part.edition.code])
            Booking.objects.all().delete()
            booked(slot)
            Booking.objects.update(news="held")
            client.get(where)
            with CaptureQueriesContext(connection) as one:
                client.get(where)
            booked(slot), booked(slot)
            Booking.objects.update(news="held")
            with CaptureQueriesContext(connection) as three:
                client.get(where)
            assert len(one) == len(three), address

    def test_on_paper(self, client: Client, slot: Slot) -> None:
        booked(slot, "أحمد 🎉", people=3)
        with CaptureQueriesContext(connection) as one:
            page = client.get(reverse("events:slot_print", args=[slot.part.code, slot.pk])).content.decode()
        assert "أحمد" in page
        booked(slot), booked(slot)
        with CaptureQueriesContext(connection) as three:
            client.get(reverse("events:slot_print", args=[slot.part.code, slot.pk]))
        assert len(one) == len(three)


class TestBookingPage:
    def test_corrected_moved_paid_and_cancelled(self, client: Client, agency: Organisation) -> None:
        slot = make_open_slot(agency, price=10_000)
        other, row = make_slot(slot.part, begins=time(22), ends=time(23)), booked(slot, people=3)
        kept = {"version": 1, "name": "Contoh Baru", "phone": "+60 12 345 6789", "note": "Kursi roda"}
        client.post(reverse("events:booking_edit", args=[row.code]), kept)
        assert (again(row).name, again(row).phone, again(row).note) == ("Contoh Baru", "+60123456789", "Kursi roda")
        assert client.post(reverse("events:booking_edit", args=[row.code]), kept).status_code == 422  # an older tab
        client.post(reverse("events:booking_fewer", args=[row.code]), {"quantity": 2})
        client.post(reverse("events:booking_move", args=[row.code]), {"slot": other.pk})
        client.post(reverse("events:booking_pay", args=[row.code]), {"amount": 20_000, "receipt": "K1"})
        found = again(row)
        assert (found.quantity, found.slot_id, found.paid_amount) == (2, other.pk, 20_000)
        client.post(reverse("events:booking_step", args=[row.code, "batal"]), {"reason": "Sakit"})
        assert again(row).is_cancelled
        client.post(reverse("events:booking_step", args=[row.code, "lagi"]))
        assert again(row).is_seated
        assert client.post(reverse("events:booking_step", args=[row.code, "entah"])).status_code == 404

    def test_a_stranger_sees_nothing_and_a_leader_no_names(self, agency: Organisation, slot: Slot) -> None:
        row = booked(slot)
        leader = client_of(make_user(Role.LEADER, agency))
        assert leader.get(reverse("events:visitors", args=[slot.part.edition.code])).status_code == 200
        assert leader.get(reverse("events:bookings", args=[slot.part.edition.code])).status_code == 404
        stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
        assert stranger.get(reverse("events:booking", args=[row.code])).status_code == 404
        assert stranger.post(reverse("events:booking_step", args=[row.code, "batal"])).status_code == 404

    def test_the_ticket_is_handed_out_with_a_text(self, client: Client, slot: Slot) -> None:
        row = booked(slot)
        page = client.post(reverse("events:booking_ticket", args=[row.code])).content.decode()
        assert row.spelled in page
        assert "wa.me/6281234567890" in page


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, "Name, number and how many; nothing else."),
        ({"consent": True}, "Name, number and how many of which age; nothing else."),
        ({"names": True}, "Name, number and the names of all who come; nothing else."),
        ({"names": True, "consent": True}, "Name, number and the names and ages of all who come; nothing else."),
    ],
)
def test_a_part_says_what_is_asked_without_questions_of_its_own(
    client: Client, agency: Organisation, facts: dict[str, bool], asked: str
) -> None:
    slot = make_open_slot(agency, **facts)
    assert asked in client.get(reverse("events:part", args=[slot.part.code])).content.decode()


def test_the_list_of_registrations_tells_of_people_and_how_many(client: Client, slot: Slot) -> None:
    address = reverse("events:bookings", args=[slot.part.edition.code])
    assert "Nobody has registered yet." in client.get(address).content.decode()
    row = booked(slot, people=2)
    page = client.get(address).content.decode()
    assert "1 registration<" in page
    assert page.count("Has places") == 2  # of the row, and to choose in the filter
    assert "Seat confirmed" not in page
    assert "Nobody is found." in client.get(address, {"text": "zzz"}).content.decode()
    assert again(row).told_standing == "Has places"


def test_a_time_outside_the_days_of_the_event_is_kept_with_a_warning(client: Client, slot: Slot) -> None:
    address, day = reverse("events:slot_add", args=[slot.part.code]), slot.part.edition.starts_on
    assert day is not None
    for shift, warned in ((0, False), (-3, True), (40, True)):
        typed = {"day": day + timedelta(days=shift), "begins": "08:00", "ends": "09:00", "capacity": 5}
        page = client.post(address, typed, follow=True).content.decode()
        assert ("This time is not on a day of the event" in page) is warned
    assert slot.part.slots.count() == 4


def test_a_part_is_changed_again_and_again_with_what_its_page_sends(client: Client, slot: Slot) -> None:
    """The form carries the version of the row: a second change is no late one, and one from an old page is."""
    address = reverse("events:part_edit", args=[slot.part.code])

    def sent() -> dict[str, Any]:
        form = client.get(address).context["form"]
        values = {name: form[name].value() for name in form.fields}
        return {name: value for name, value in values.items() if value is not None and value is not False}

    old = sent()
    for title in ("Perahu pagi", "Perahu sore"):
        assert client.post(address, {**sent(), "title": title}).status_code == 302
        assert fresh(slot).part.title == title
    assert client.post(address, {**old, "title": "Dari halaman lama"}).status_code == 422
    assert fresh(slot).part.title == "Perahu sore"


def test_the_button_says_what_it_does(client: Client, slot: Slot) -> None:
    """The state and the step that leads to it have words of their own."""
    ticketing.move_part(part=slot.part, to="closed", actor=SYSTEM)
    client.cookies["django_language"] = "id"
    page = client.get(reverse("events:part", args=[slot.part.code])).content.decode()
    assert ">Buka pendaftaran</button>" in page


def test_what_closes_a_whole_part_is_said_once(client: Client, slot: Slot) -> None:
    other = make_slot(slot.part, begins=time(9), ends=time(10))
    ticketing.move_slot(slot=other, to="closed", reason="Perahu bocor", actor=SYSTEM)
    address, own = (
        reverse("events:visit", args=[slot.part.edition.code]),
        "Registration for this time is closed: Perahu bocor",
    )
    assert client.get(address).content.decode().count(own) == 1
    ticketing.move_part(part=slot.part, to="closed", actor=SYSTEM)
    page = client.get(address).content.decode()
    assert page.count("Registration is closed. Ask the organiser.") == 1
    assert "Register now" not in page


def test_a_ticket_that_lets_nobody_in_is_not_saved_as_a_picture(slot: Slot) -> None:
    row, token = booked_with_token(slot)
    address, phone = reverse("events:ticket", args=[token]), Client()
    assert "data-picture" in phone.get(address).content.decode()
    cancel_booking(booking=row, actor=SYSTEM)
    assert "data-picture" not in phone.get(address).content.decode()


def test_what_is_called_off_is_said_where_the_ticket_is_kept(slot: Slot, monkeypatch: pytest.MonkeyPatch) -> None:
    papers: list[TicketPaper] = []

    def rendered(paper: TicketPaper) -> bytes:
        papers.append(paper)
        return b"%PDF"

    monkeypatch.setattr("enggang.events.papers.ticket.render_ticket", rendered)
    _row, token = booked_with_token(slot)
    page, phone = reverse("events:ticket", args=[token]), Client()
    phone.cookies["django_language"] = "en"
    for off in (False, True):
        if off:
            ticketing.move_slot(slot=fresh(slot), to="called_off", reason="Banjir", actor=SYSTEM)
        assert phone.get(reverse("events:ticket_pdf", args=[token])).status_code == 200
        assert bool(papers[-1].address) is not off
        sent = unquote(phone.get(page).context["own_whatsapp"])
        assert ("Waktu ini ditiadakan." in sent) is off


class TestAtTheGate:
    def test_ten_seconds(self, volunteer: tuple[Client, str], slot: Slot) -> None:
        phone, token = volunteer
        assert "10 free" in phone.get(reverse("events:walk_up", args=[token])).content.decode()
        page = phone.post(reverse("events:walk_up", args=[token]), {"slot": slot.pk, "people": 4}, follow=True)
        row = Booking.objects.get()
        assert (row.quantity, row.name, row.phone, row.source) == (4, "", "", "walk_up")
        assert row.spelled in page.content.decode()
        assert "qr__svg" in page.content.decode()

    def test_times_at_two_places_are_told_apart(self, volunteer: tuple[Client, str], slot: Slot) -> None:
        phone, token = volunteer
        make_slot(slot.part, 5, site=make_site(slot.part.edition, "Dermaga contoh"))
        page = phone.get(reverse("events:walk_up", args=[token])).content.decode()
        assert 'type="radio"' in page
        assert page.count(" · Dermaga contoh") == 1

    def test_hours_and_room_stand_first_and_a_time_with_room_is_chosen(
        self, volunteer: tuple[Client, str], slot: Slot
    ) -> None:
        phone, token = volunteer
        later = make_slot(slot.part, begins=time(14), ends=time(15), capacity=3)
        for _n in range(2):
            phone.post(reverse("events:walk_up", args=[token]), {"slot": slot.pk, "people": 5})
        page = phone.get(reverse("events:walk_up", args=[token])).content.decode()
        assert f"full · {slot.begins:%H.%M}" in page
        assert "3 free · 14.00–15.00, " in page
        assert re.search(rf'value="{later.pk}"[^>]*checked', page)
        answer = phone.post(reverse("events:walk_up", args=[token]), {"slot": slot.pk, "people": 1})
        assert "All 10 places of this time are taken." in answer.content.decode()

    def test_a_cancelled_event_says_why_nobody_is_registered(self, volunteer: tuple[Client, str], slot: Slot) -> None:
        phone, token = volunteer
        cancel_edition(
            edition=slot.part.edition, decider="Bupati", decided_on=clock.today(), reason="Banjir", actor=SYSTEM
        )
        assert "The event is cancelled: Banjir" in phone.get(reverse("events:walk_up", args=[token])).content.decode()
        staff = client_of(make_user(Role.ORGANISER, slot.part.edition.organisation))
        for page in (
            reverse("events:part", args=[slot.part.code]),
            reverse("events:visitors", args=[slot.part.edition.code]),
        ):
            shown = staff.get(page).content.decode()
            assert "Pendaftaran dibuka" not in shown
            assert "Dibuka" not in shown

    def test_sent_twice_it_is_once(self, volunteer: tuple[Client, str], slot: Slot) -> None:
        phone, token = volunteer
        typed = {"slot": slot.pk, "people": 4, "key": "k" * 30}
        for _n in range(2):
            assert phone.post(reverse("events:walk_up", args=[token]), typed).status_code == 302
        assert Booking.objects.count() == 1

    def test_also_when_registration_has_closed_but_never_one_too_many(
        self, volunteer: tuple[Client, str], slot: Slot
    ) -> None:
        phone, token = volunteer
        part = fresh(slot).part
        facts = {"closes_at": clock.now() - timedelta(days=1)}
        ticketing.change_part(part=part, version=part.version, actor=SYSTEM, **facts)
        address = reverse("events:walk_up", args=[token])
        assert phone.post(address, {"slot": slot.pk, "people": 6}).status_code == 302
        answer = phone.post(address, {"slot": slot.pk, "people": 6})
        assert "Only 4 of 10" in answer.content.decode()
        assert fresh(slot).pool.taken == 6

    @pytest.mark.parametrize("people", [0, -1, 999, "banyak"])
    def test_not_nobody_and_not_everybody(self, volunteer: tuple[Client, str], slot: Slot, people: object) -> None:
        phone, token = volunteer
        assert (
            phone.post(reverse("events:walk_up", args=[token]), {"slot": slot.pk, "people": people}).status_code == 422
        )

    def test_money_at_the_gate(self, agency: Organisation) -> None:
        slot, phone = make_open_slot(agency, price=5_000), Client()
        token = ticketing.hand_out_walk_up(part=slot.part, actor=SYSTEM)
        phone.post(reverse("events:walk_up", args=[token]), {"slot": slot.pk, "people": 2})
        row = Booking.objects.get()
        phone.post(reverse("events:walk_up_pay", args=[token, row.code]), {"amount": 10_000})
        assert again(row).paid_amount == 10_000

    def test_a_volunteers_address_opens_no_other_registration_and_ends(
        self, volunteer: tuple[Client, str], slot: Slot
    ) -> None:
        phone, token = volunteer
        row = booked(slot)
        assert phone.get(reverse("events:walk_up_ticket", args=[token, row.code])).status_code == 404
        assert phone.post(reverse("events:walk_up_pay", args=[token, row.code]), {"amount": 1}).status_code == 404
        ticketing.take_back_walk_up(part=slot.part, actor=SYSTEM)
        assert phone.get(reverse("events:walk_up", args=[token])).status_code == 404


class TestAnotherYear:
    def test_parts_and_times_come_along_shifted_without_anybody(self, slot: Slot) -> None:
        edition = Edition.objects.with_names().get(pk=slot.part.edition.pk)
        ticketing.add_part_question(part=slot.part, label="Asal", kind="text", actor=SYSTEM)
        opens = clock.now()
        ticketing.change_part(part=fresh(slot).part, version=slot.part.version, opens_at=opens, actor=SYSTEM)
        late = make_slot(slot.part, begins=time(20), ends=time(2))
        booked(slot), booked(late)
        clone = clone_edition(edition=edition, year=edition.year + 1, actor=SYSTEM)
        assert clone.starts_on is not None
        assert edition.starts_on is not None
        part = clone.parts.get()
        days = (clone.starts_on - edition.starts_on).days
        assert [each.day for each in part.slots.all()] == [clone.starts_on, clone.starts_on]
        assert part.is_draft
        assert part.opens_at == opens + timedelta(days=days)
        assert part.site is not None
        assert part.site.edition_id == clone.pk
        assert part.questions.count() == 1
        assert not Booking.objects.filter(slot__part=part).exists()

    def test_what_moves_with_the_days_is_shown_beforehand(self, slot: Slot) -> None:
        booked(slot, people=2)
        edition = Edition.objects.with_names().get(pk=slot.part.edition.pk)
        assert edition.starts_on is not None
        rows = dependents(edition, edition.starts_on + timedelta(days=3), None)
        found = [row for row in rows if str(slot.part) in row.what]
        assert len(found) == 1
        assert "2 people" in found[0].note


class TestForgetting:
    def test_names_go_after_the_days_on_record_and_numbers_stay(self, agency: Organisation) -> None:
        slot = make_open_slot(agency, consent=True)
        row, _token = booked_with_token(slot, guests=family("adult", "child"))
        keep_signed_consent(booking=row, name="Ibu", content=b"%PDF-1.7", filename="a.pdf", actor=SYSTEM)
        last = slot.part.edition.ends_on
        assert last is not None
        soon = slot.ends_at + timedelta(days=80)
        with clock.frozen_at(soon):
            assert forget_visitors() == 0
        with clock.frozen_at(soon + timedelta(days=20)):
            assert forget_visitors() == 1
            assert forget_visitors() == 0
        found, consent = again(row), GuardianConsent.objects.get()
        assert (found.name, found.phone, found.quantity, found.name_key) == ("", "", 2, "")
        assert (consent.phone, consent.name) == ("", "–")
        assert consent.file is not None
        assert consent.file.delete_after is not None
        assert not found.guests.exclude(name="").exists()

    def test_what_was_cancelled_is_forgotten_too(self, slot: Slot) -> None:
        row = booked(slot)
        cancel_booking(booking=row, actor=SYSTEM)
        with clock.frozen_at(slot.ends_at + timedelta(days=200)):
            assert forget_visitors() == 1
        assert again(row).name == ""


def test_the_home_page_asks_for_what_only_people_can_do(client: Client, slot: Slot) -> None:
    booked(slot)
    booked(slot, email="ani@contoh.go.id")
    moved = Edition.objects.with_names().get(pk=slot.part.edition.pk)
    assert "to be told" not in client.get(reverse("office:home")).content.decode()
    assert moved.starts_on is not None
    first = moved.starts_on + timedelta(days=7)
    decide_dates(
        edition=moved, version=moved.version, first=first, last=first, state="tentative", reason="Uji", actor=SYSTEM
    )
    page = client.get(reverse("office:home")).content.decode()
    assert "1 registration of visitors to be told" in page
    assert "Do the times for visitors move with the event?" in page

"""A ticket lives on: fewer people, cancelled and back, waiting lists, another time, money, moved and cancelled editions."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from icalendar import Calendar

from enggang.access.enums import LinkScope
from enggang.attendance.models import Pass
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.jobs import enqueue, run_pending
from enggang.events.domain import bookings as acts
from enggang.events.domain import ticketing
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.stages import cancel_edition, revive_edition
from enggang.events.domain.visitor_news import note_told, tell_visitors
from enggang.events.enums import News
from enggang.events.models import Booking, Edition, Slot
from enggang.events.queries.admission import admission_for, admission_of
from enggang.events.queries.tickets import ticket_of
from enggang.places.models import Organisation
from enggang.seats.queries.offers import idle_seats, unsound_pools
from tests.events.visiting import (
    again,
    booked,
    booked_with_token,
    family,
    fresh,
    holder,
    make_open_slot,
    make_slot,
    page_of,
)
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
    return make_open_slot(agency, capacity=5)


@pytest.fixture
def client() -> Client:
    found = Client()
    found.cookies["django_language"] = "en"
    return found


def moved(edition: Edition, days: int) -> Edition:
    row = Edition.objects.with_names().get(pk=edition.pk)
    assert row.starts_on is not None
    first = row.starts_on + timedelta(days=days)
    decide_dates(edition=row, version=row.version, first=first, last=first + timedelta(days=2), state="tentative",
                 reason="Air pasang", actor=SYSTEM)  # fmt: skip
    return Edition.objects.with_names().get(pk=edition.pk)


def run_all() -> None:
    """Until nothing is queued: a job may queue mails."""
    while run_pending():
        pass


class TestChanges:
    def test_fewer_people_make_room_for_who_waits(self, slot: Slot) -> None:
        mine, token = booked_with_token(slot, people=4)
        waiting = booked(slot, people=3)
        acts.reduce_booking(booking=mine, quantity=2, actor=holder(token))
        assert again(mine).quantity == 2
        assert again(waiting).is_seated
        assert again(waiting).news == News.PROMOTED
        assert fresh(slot).pool.taken == 5
        assert Pass.objects.valid().filter(holder=waiting.subject_id).exists()

    def test_a_smaller_family_on_the_waiting_list_fits(self, slot: Slot) -> None:
        booked(slot, people=3)
        mine, token = booked_with_token(slot, people=4)
        acts.reduce_booking(booking=mine, quantity=2, actor=holder(token))
        assert again(mine).is_seated
        assert fresh(slot).pool.taken == 5

    @pytest.mark.parametrize("quantity", [0, -1, 4, 5, 999])
    def test_not_to_nothing_and_not_to_more(self, slot: Slot, quantity: int) -> None:
        mine, token = booked_with_token(slot, people=4)
        with pytest.raises(Conflict):
            acts.reduce_booking(booking=mine, quantity=quantity, actor=holder(token))
        assert fresh(slot).pool.taken == 4

    def test_who_stays_is_chosen(self, agency: Organisation) -> None:
        slot = make_open_slot(agency, names=True)
        mine, token = booked_with_token(slot, guests=family("adult", "adult", "adult"))
        last = mine.guests.last()
        assert last is not None
        acts.reduce_booking(booking=mine, quantity=1, staying=[last.pk], actor=holder(token))
        assert [guest.name for guest in mine.guests.all()] == ["Contoh 3"]
        assert not mine.guests.exclude(pk=last.pk).exists()

    def test_cancelled_and_back(self, slot: Slot) -> None:
        mine, token = booked_with_token(slot, people=4)
        url = ticket_of(mine).pass_url
        acts.cancel_booking(booking=mine, actor=holder(token))
        assert again(mine).is_cancelled
        assert fresh(slot).pool.taken == 0
        assert not Pass.objects.valid().filter(holder=mine.subject_id).exists()
        acts.restore_booking(booking=again(mine), actor=holder(token))
        assert again(mine).is_seated
        assert ticket_of(again(mine)).pass_url == url  # what was printed is good again

    def test_back_when_others_have_the_places_is_to_wait(self, slot: Slot) -> None:
        mine, token = booked_with_token(slot, people=4)
        acts.cancel_booking(booking=mine, actor=holder(token))
        booked(slot, people=5)
        assert acts.restore_booking(booking=again(mine), actor=holder(token)).is_waiting

    def test_twice_is_refused(self, slot: Slot) -> None:
        mine, token = booked_with_token(slot)
        acts.cancel_booking(booking=mine, actor=holder(token))
        with pytest.raises(Conflict):
            acts.cancel_booking(booking=mine, actor=holder(token))
        with pytest.raises(Conflict):
            acts.cancel_booking(booking=again(mine), actor=holder(token))

    def test_somebody_elses_address_does_nothing(self, slot: Slot) -> None:
        mine, _token = booked_with_token(slot, people=2)
        _other, token = booked_with_token(slot)
        for actor in (holder(token), ANONYMOUS):
            with pytest.raises(NotAllowed):
                acts.cancel_booking(booking=mine, actor=actor)
            with pytest.raises(NotAllowed):
                acts.reduce_booking(booking=mine, quantity=1, actor=actor)
            with pytest.raises(NotAllowed):
                acts.note_paid(booking=mine, amount=1, actor=actor)

    def test_what_is_over_stays(self, slot: Slot) -> None:
        mine, token = booked_with_token(slot)
        with clock.frozen_at(slot.ends_at), pytest.raises(Conflict, match="over"):
            acts.cancel_booking(booking=mine, actor=holder(token))


class TestWaiting:
    def test_a_freed_place_goes_to_who_waits_for_the_same_time(self, slot: Slot) -> None:
        other = make_slot(slot.part, 1, begins=time(22), ends=time(23))
        mine, token = booked_with_token(slot, people=5)
        booked(other)
        elsewhere = booked(other)  # waits for the later time
        acts.cancel_booking(booking=mine, actor=holder(token))
        assert again(elsewhere).is_waiting
        assert (fresh(slot).pool.taken, idle_seats(), unsound_pools()) == (0, [], [])

    def test_more_places_let_people_move_up_and_they_are_told_by_mail(self, slot: Slot) -> None:
        booked(slot, people=5)
        waiting = booked(slot, people=2, email="contoh@contoh.go.id")
        row = fresh(slot)
        ticketing.change_slot(slot=row, version=row.version, capacity=7, actor=SYSTEM)
        run_all()
        assert again(waiting).is_seated
        assert again(waiting).told_at is not None
        assert any("Tiket" in each.subject or "daftar tunggu" in each.subject for each in mail.outbox)

    def test_fewer_places_than_are_given_are_refused_with_the_numbers(self, slot: Slot) -> None:
        booked(slot, people=4)
        row = fresh(slot)
        with pytest.raises(Conflict, match="4 seats .* cannot become 3"):
            ticketing.change_slot(slot=row, version=row.version, capacity=3, actor=SYSTEM)

    def test_nobody_is_told_to_come_to_what_is_called_off(self, slot: Slot) -> None:
        mine, token = booked_with_token(slot, people=5)
        waiting = booked(slot, people=2)
        ticketing.move_slot(slot=fresh(slot), to="called_off", reason="Banjir", actor=SYSTEM)
        acts.cancel_booking(booking=again(mine), actor=holder(token))
        assert again(waiting).news == News.CALLED_OFF
        assert "Banjir" in admission_of(again(waiting)).refusal


class TestStaff:
    def test_another_time_keeps_the_ticket(self, slot: Slot) -> None:
        other = make_slot(slot.part, 2, begins=time(22), ends=time(23))
        mine = booked(slot, people=2)
        url = ticket_of(mine).pass_url
        acts.move_booking(booking=mine, slot=fresh(other), actor=SYSTEM)
        assert (fresh(slot).pool.taken, fresh(other).pool.taken) == (0, 2)
        assert ticket_of(again(mine)).pass_url == url

    def test_another_time_that_is_full_is_refused_and_nothing_is_lost(self, slot: Slot) -> None:
        other = make_slot(slot.part, 1, begins=time(22), ends=time(23))
        mine = booked(slot, people=2)
        with pytest.raises(Conflict, match="Only 1 of 1"):
            acts.move_booking(booking=mine, slot=fresh(other), actor=SYSTEM)
        assert again(mine).slot_id == slot.pk
        assert (fresh(slot).pool.taken, fresh(other).pool.taken) == (2, 0)

    def test_money_is_noted_once_and_taken_back(self, agency: Organisation) -> None:
        slot = make_open_slot(agency, price=25_000)
        mine = booked(slot, people=2)
        assert admission_of(mine).due == 50_000
        acts.note_paid(booking=mine, amount=50_000, receipt="K-7", actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.note_paid(booking=again(mine), amount=50_000, actor=SYSTEM)
        assert admission_of(again(mine)).due == 0
        acts.unmark_paid(booking=again(mine), actor=SYSTEM)
        assert admission_of(again(mine)).due == 50_000

    @pytest.mark.parametrize("amount", [0, -1, 10**12])
    def test_no_payment_of_nothing_nor_of_what_is_free(self, agency: Organisation, amount: int) -> None:
        mine = booked(make_open_slot(agency, price=25_000))
        with pytest.raises(Conflict):
            acts.note_paid(booking=mine, amount=amount, actor=SYSTEM)
        free = booked(make_open_slot(make_agency("Lain")))
        with pytest.raises(Conflict, match="free"):
            acts.note_paid(booking=free, amount=5, actor=SYSTEM)


class TestMoved:
    def test_the_ticket_says_so_at_once_and_the_times_wait_for_a_decision(self, client: Client, slot: Slot) -> None:
        mine, token = booked_with_token(slot)
        edition = moved(slot.part.edition, 7)
        assert again(mine).news == News.EDITION
        page = client.get(reverse("events:ticket", args=[token])).content.decode()
        assert "The event has moved" in page
        assert "stays good" in page
        assert fresh(slot).day == slot.day
        assert fresh(slot).proposed_day == slot.day + timedelta(days=7)
        part = fresh(slot).part
        assert ticketing.settle_slots(part=part, shift=True, actor=SYSTEM) == 1
        assert fresh(slot).day == edition.starts_on
        page = client.get(reverse("events:ticket", args=[token])).content.decode()
        assert "The time has moved" in page
        assert again(mine).news == News.MOVED
        assert ticketing.settle_slots(part=part, shift=True, actor=SYSTEM) == 0  # twice is once
        _late, later = booked_with_token(fresh(slot), name="Contoh Sesudah", phone="081200000777")
        assert "The time has moved" not in client.get(reverse("events:ticket", args=[later])).content.decode()

    def test_whoever_registers_meanwhile_is_told_too(self, client: Client, slot: Slot) -> None:
        edition = moved(slot.part.edition, 7)
        with translation.override("en"):
            day = date_format(fresh(slot).proposed_day, "l, j F Y")
        addresses = [reverse("events:visit", args=[edition.code]), page_of(slot)]
        for address in addresses:
            assert f"this time may move to {day}" in client.get(address).content.decode()
        ticketing.settle_slots(part=fresh(slot).part, shift=True, actor=SYSTEM)
        for address in addresses:
            assert "may move" not in client.get(address).content.decode()

    def test_a_time_may_stay(self, client: Client, slot: Slot) -> None:
        mine, token = booked_with_token(slot)
        moved(slot.part.edition, 1)
        ticketing.settle_slots(part=fresh(slot).part, shift=False, actor=SYSTEM)
        assert fresh(slot).day == slot.day
        assert not fresh(slot).is_unsettled
        assert again(mine).news == News.KEPT
        assert (
            "The event has moved; this time stays"
            in client.get(reverse("events:ticket", args=[token])).content.decode()
        )

    def test_a_time_that_stayed_does_not_leave_the_event_when_it_moves_back(self, client: Client, slot: Slot) -> None:
        mine, _token = booked_with_token(slot)
        moved(slot.part.edition, 1)
        ticketing.settle_slots(part=fresh(slot).part, shift=False, actor=SYSTEM)
        edition = moved(fresh(slot).part.edition, -1)
        assert edition.starts_on == slot.day
        assert fresh(slot).proposed_day == slot.day
        assert "may move" not in client.get(reverse("events:visit", args=[edition.code])).content.decode()
        assert ticketing.settle_slots(part=fresh(slot).part, shift=True, actor=SYSTEM) == 1
        assert (fresh(slot).day, again(mine).news) == (slot.day, News.KEPT)

    def test_days_that_are_to_be_announced(self, client: Client, slot: Slot) -> None:
        _mine, token = booked_with_token(slot)
        row = Edition.objects.with_names().get(pk=slot.part.edition.pk)
        facts: dict[str, Any] = {"first": None, "last": None, "state": "tentative", "reason": "Ditunda"}
        decide_dates(edition=row, version=row.version, actor=SYSTEM, **facts)
        page = client.get(reverse("events:ticket", args=[token])).content.decode()
        assert "to be announced" in page
        assert ticketing.settle_slots(part=fresh(slot).part, shift=True, actor=SYSTEM) == 0

    def test_the_calendar_entry_is_the_same_one_and_grows(self, client: Client, slot: Slot) -> None:
        _mine, token = booked_with_token(slot)
        address = reverse("events:ticket_calendar", args=[token])

        def entry() -> Any:
            return Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]

        before = entry()
        with clock.frozen_at(clock.now() + timedelta(hours=1)):
            moved(slot.part.edition, 7)
            ticketing.settle_slots(part=fresh(slot).part, shift=True, actor=SYSTEM)
            after = entry()
        assert before["UID"] == after["UID"]
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert (after.decoded("DTSTART") - before.decoded("DTSTART")).days == 7
        assert str(after["DTSTART"].params["TZID"]) == "Asia/Pontianak"

    def test_a_change_of_place_is_told(self, slot: Slot) -> None:
        from tests.events.factories import make_site

        mine, site = booked(slot), make_site(slot.part.edition, "Dermaga")
        part = fresh(slot).part
        ticketing.change_part(part=part, version=part.version, site=site, actor=SYSTEM)
        assert again(mine).news == News.PLACE


class TestCancelled:
    def test_everybody_is_told_and_nothing_is_let_in_until_it_is_revived(self, client: Client, slot: Slot) -> None:
        by_mail, token = booked_with_token(slot, email="ani@contoh.go.id")
        by_hand = booked(slot)
        edition, today = Edition.objects.with_names().get(pk=slot.part.edition.pk), clock.today()
        cancel_edition(edition=edition, reason="Banjir besar", decider="K", decided_on=today, actor=SYSTEM)
        run_all()
        assert again(by_mail).told_at is not None
        assert again(by_hand).told_at is None
        page = client.get(reverse("events:ticket", args=[token])).content.decode()
        assert "The event is cancelled" in page
        assert "<svg" not in page.split('id="tiket"')[1].split("</section>")[0].replace('<svg class="icon"', "")
        assert not admission_of(again(by_hand)).is_good
        revive_edition(edition=edition, reason="Surut", decider="K", decided_on=today, actor=SYSTEM)
        assert admission_of(again(by_hand)).is_good
        assert again(by_hand).news == News.HELD

    def test_everybody_reads_it_in_their_own_language(self, slot: Slot) -> None:
        for language in ("en", "id"):
            booked(slot, email=f"{language}@contoh.go.id", language=language)
        run_all()
        mail.outbox.clear()
        with translation.override("id"):
            ticketing.move_slot(slot=fresh(slot), to="called_off", reason="Angin", actor=SYSTEM)
            run_all()
        texts = {each.to[0][:2]: each.body for each in mail.outbox}
        assert f"{slot.day:%B}" in texts["en"]
        assert date_format(slot.day, "F") in texts["en"]
        with translation.override("id"):
            assert date_format(slot.day, "l, j F Y") in texts["id"]

    def test_told_once_by_mail_however_often_the_job_runs(self, slot: Slot) -> None:
        booked(slot, email="ani@contoh.go.id")
        run_all()
        ticketing.move_slot(slot=fresh(slot), to="called_off", reason="Angin", actor=SYSTEM)
        mail.outbox.clear()
        run_all()
        enqueue(tell_visitors, actor=SYSTEM)
        run_all()
        assert len([each for each in mail.outbox if "Angin" in each.body]) == 1

    def test_a_tick_by_hand_and_back(self, slot: Slot) -> None:
        mine = booked(slot)
        ticketing.move_slot(slot=fresh(slot), to="called_off", reason="Angin", actor=SYSTEM)
        note_told(booking=again(mine), told=True, actor=SYSTEM)
        assert not Booking.objects.to_be_told().exists()
        note_told(booking=again(mine), told=False, actor=SYSTEM)
        assert Booking.objects.to_be_told().exists()


def test_the_gate_asks_by_the_holder_of_a_pass(slot: Slot) -> None:
    mine = booked(slot, people=3)
    found = admission_for(Pass.objects.get(holder=mine.subject_id).holder)
    assert found is not None
    assert (found.is_good, found.quantity, found.refusal) == (True, 3, "")
    assert admission_for(slot.part.subject) is None


def test_a_ticket_whose_address_is_wrong_leads_to_number_and_code(client: Client) -> None:
    page = client.get(reverse("events:ticket", args=["x" * 300]))
    assert page.status_code == 404
    assert "Find my ticket" in page.content.decode()


def test_the_buttons_of_the_ticket(client: Client, slot: Slot) -> None:
    mine, token = booked_with_token(slot, people=3, email="ani@contoh.go.id")
    assert client.post(reverse("events:ticket_fewer", args=[token]), {"quantity": 3}).status_code == 422
    client.post(reverse("events:ticket_fewer", args=[token]), {"quantity": 2})
    assert again(mine).quantity == 2
    client.post(reverse("events:ticket_cancel", args=[token]))
    assert again(mine).is_cancelled
    client.post(reverse("events:ticket_restore", args=[token]))
    assert again(mine).is_seated
    for _n in range(7):
        client.post(reverse("events:ticket_mail", args=[token]))
    run_all()
    assert len([each for each in mail.outbox if mine.spelled in each.body]) == 6  # the first and five more


def test_a_link_of_one_scope_opens_nothing_of_another(client: Client, slot: Slot) -> None:
    _mine, token = booked_with_token(slot)
    assert client.get(reverse("events:walk_up", args=[token])).status_code == 404
    assert client.get(reverse("events:guardian", args=[token])).status_code == 404
    walk_up = ticketing.hand_out_walk_up(part=slot.part, actor=SYSTEM)
    assert holder(walk_up, LinkScope.WALK_UP).may_by_link(LinkScope.WALK_UP, slot.part.code)
    assert client.get(reverse("events:ticket", args=[walk_up])).status_code == 404


def test_dates_far_away_are_refused(slot: Slot) -> None:
    with pytest.raises(Conflict, match="year away"):
        make_slot(slot.part, day=date(2199, 1, 1))

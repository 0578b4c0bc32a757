"""The Monday page: what waits, what was promised, what moved, and the page as it was known then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.enums import Stage
from enggang.impact.domain.mondays import close_monday, prepare_mondays, queue_mondays
from enggang.impact.domain.promises import make_promise, move_promise
from enggang.impact.enums import PromiseState
from enggang.impact.models import MondayPage, Promise
from enggang.impact.queries.monday import facts_of, monday_of, names_in
from enggang.impact.queries.telling import text_of, told
from enggang.indicators.domain.measuring import verify_value
from enggang.notices.models import Notice
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.reach.enums import What
from enggang.reach.models import Count
from tests.events.factories import brought_to, make_edition, make_event
from tests.impact.test_chain import held_on
from tests.indicators.factories import aim, make_indicator, measure
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 15, 23, 0, tzinfo=UTC)  # six in the morning of 16 November in Pontianak


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.frozen_at(MONDAY):
        yield


@pytest.fixture
def head(agency: Organisation) -> Client:
    client = client_of(make_user(Role.LEADER, agency, "Kepala"))
    client.cookies["django_language"] = "en"
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def address(agency: Organisation) -> str:
    return f"/hasil/senin/{agency.code}/"


def promise(agency: Organisation, days: int = 7, **facts: Any) -> Promise:
    given = {"text": "Surat izin dikirim", "person": make_person(agency, "Rini Contoh"), "actor": SYSTEM, **facts}
    return make_promise(organisation=agency, due_on=clock.today() + timedelta(days=days), **given)


class TestPage:
    def test_what_waits_stands_first_and_leads_to_where_it_is_decided(self, agency: Organisation, head: Client) -> None:
        row = make_indicator(agency)
        verify_value(
            measurement=measure(row, 8990, actor=make_actor(Role.COORDINATOR, agency)), actor=make_actor(Role.ORGANISER, agency)
        )  # fmt: skip
        page = text(head.get(address(agency)))
        assert "8,990 kunjungan" in page
        assert f"/indikator/{row.code}/" in page
        assert "until then the number is not official" in page

    def test_at_most_five_decisions_and_how_many_more(self, agency: Organisation, head: Client) -> None:
        for number in range(7):
            row = make_indicator(agency, f"Indikator {number}")
            verify_value(measurement=measure(row, 5, actor=make_actor(Role.COORDINATOR, agency)), actor=SYSTEM)
        assert "the 5 oldest of 7" in text(head.get(address(agency)))

    def test_a_stale_value_is_grey_with_its_owner_and_never_green(self, agency: Organisation, head: Client) -> None:
        row = make_indicator(agency, owner=make_person(agency, "Penanggung Jawab"))
        aim(row, 10)
        measure(row, 500, on=date(2026, 5, 1))
        page = text(head.get(address(agency)))
        assert "No fresh value: 1" in page
        assert "Penanggung Jawab" in page
        assert "June 2026 awaited since" in page

    def test_a_jump_beyond_the_usual_is_told_with_its_limits(self, agency: Organisation, head: Client) -> None:
        row = make_indicator(agency)
        for month in range(1, 10):
            measure(row, 100 + month % 2 * 10, on=date(2026, month, 1))
        measure(row, 105, on=date(2026, 10, 1))
        assert "beyond the usual" not in text(head.get(address(agency)))
        measure(row, 300, on=date(2026, 10, 1))
        page = text(head.get(address(agency)))
        assert "What changed beyond the usual" in page
        assert "by the 9 values before" in page

    def test_what_visitors_searched_and_did_not_find_stands_on_the_page_of_now_alone(
        self, agency: Organisation, head: Client
    ) -> None:
        def asked(words: str, times: int, days_ago: int) -> None:
            day = clock.today() - timedelta(days=days_ago)
            Count.objects.create(what=What.SEARCH, day=day, key=words, count=times)

        asked("air terjun tersembunyi", 2, 1)
        asked("air terjun tersembunyi", 2, 6)
        asked("seseorang", 2, 1)  # too seldom: a rare question may be somebody's name
        asked("pekan lalu", 9, 8)
        page = text(head.get(address(agency)))
        assert "Searched for and not found" in page
        assert "air terjun tersembunyi: 4 times" in page  # in the text for WhatsApp
        assert "seseorang" not in page
        assert "pekan lalu" not in page
        kept = close_monday(organisation=agency, actor=SYSTEM)
        assert "tersembunyi" not in str(kept.read())
        assert "tersembunyi" not in text(head.get(f"{address(agency)}{kept.day:%Y-%m-%d}/{kept.number}/"))

    def test_what_is_ahead_with_what_is_red(self, agency: Organisation, head: Client) -> None:
        start = clock.today() + timedelta(days=5)
        row = held_on(make_edition(agency, year=2026, specimen=False), start)
        other = make_agency("Dinas Lain")
        theirs = held_on(make_edition(other, year=2026, specimen=False, event=make_event(other, "Acara lain")), start)
        assert "No event in the next 14 days" in text(head.get(address(agency)))  # an idea is nobody's promise yet
        brought_to(row, Stage.PROPOSED)
        page = text(head.get(address(agency)))
        assert f"/acara/edisi/{row.code}/" in page
        assert theirs.code not in page
        assert "Concept" in page  # what is red about it

    def test_empty_says_so(self, agency: Organisation, head: Client) -> None:
        page = text(head.get("/hasil/senin/", follow=True))
        for words in ("Nothing waits for a decision", "Nothing is promised", "No indicator is in use"):
            assert words in page

    def test_of_strangers_is_not_found(self, agency: Organisation, head: Client) -> None:
        assert head.get(address(make_agency("Dinas Lain"))).status_code == 404
        assert client_of(make_user(Role.PARTICIPANT, agency)).get(address(agency)).status_code == 404

    def test_is_light(self, agency: Organisation, head: Client) -> None:
        for number in range(60):
            measure(
                make_indicator(
                    agency, f"Indikator dengan nama yang cukup panjang nomor {number}", owner=_owner(agency)
                ),
                5,
            )
        assert len(head.get(address(agency)).content) <= 60_000

    def test_asks_as_often_for_three_as_for_one(self, agency: Organisation, head: Client) -> None:
        def grow(number: int) -> None:
            row = make_indicator(agency, f"Indikator {number}")
            verify_value(measurement=measure(row, 5, actor=make_actor(Role.COORDINATOR, agency)), actor=SYSTEM)
            promise(agency)

        grow(0)
        first = queries(head, address(agency))
        grow(1)
        grow(2)
        assert queries(head, address(agency)) == first

    def test_the_text_for_whatsapp_says_the_same(self, agency: Organisation) -> None:
        promise(agency)
        facts = facts_of(agency, clock.today())
        said = text_of(told(facts, names_in(facts)), agency.short_name)
        assert "Surat izin dikirim" in said
        assert "Rini Contoh" in said
        assert "Monday, 16 November 2026" in said


def _owner(agency: Organisation) -> Person:
    return Person.objects.first() or make_person(agency)


def queries(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


class TestPromises:
    def test_made_late_kept_opened_and_dropped_on_the_page(self, agency: Organisation, head: Client) -> None:
        make_person(agency, "Rini Contoh")
        form = {"text": "Surat izin dikirim", "person": "rini", "due_on": "2026-11-18"}
        head.post(f"{address(agency)}janji/", form)
        row = Promise.objects.get()
        with clock.frozen_at(MONDAY + timedelta(days=7)):
            assert "Late" in text(head.get(address(agency)))
            head.post(f"/hasil/janji/{row.pk}/", {"to": "kept"})
            row.refresh_from_db()
            assert (row.state, row.settled_on) == (PromiseState.KEPT, date(2026, 11, 23))
            head.post(f"/hasil/janji/{row.pk}/", {"to": "open"})
            refused = head.post(f"/hasil/janji/{row.pk}/", {"to": "dropped"}, follow=True)
            assert "Say why it is dropped" in text(refused)
            head.post(f"/hasil/janji/{row.pk}/", {"to": "dropped", "remark": "Acara batal"})
            row.refresh_from_db()
            assert (row.state, row.remark) == (PromiseState.DROPPED, "Acara batal")

    def test_a_wrong_form_comes_back_with_what_was_typed(self, agency: Organisation, head: Client) -> None:
        answer = head.post(
            f"{address(agency)}janji/", {"text": "Kirim surat", "person": "tak ada", "due_on": "2020-01-01"}
        )
        assert answer.status_code == 422
        assert "Kirim surat" in text(answer)
        assert "Nobody of this name" in text(answer)
        make_person(agency, "Rini Contoh")
        past = head.post(f"{address(agency)}janji/", {"text": "Kirim surat", "person": "rini", "due_on": "2020-01-01"})
        assert "has not passed" in text(past)

    def test_whoever_promised_may_say_that_it_is_kept_and_nothing_else(self, agency: Organisation) -> None:
        user = make_user(Role.PARTICIPANT, agency)
        person = make_person(agency, "Rini Contoh")
        person.user = user
        person.save(update_fields=["user"])
        row = promise(agency, person=person)
        own = client_of(user)
        own.post(f"/hasil/janji/{row.pk}/", {"to": "dropped", "remark": "malas"})
        row.refresh_from_db()
        assert row.state == PromiseState.OPEN
        own.post(f"/hasil/janji/{row.pk}/", {"to": "kept"})
        row.refresh_from_db()
        assert row.state == PromiseState.KEPT

    def test_whoever_is_to_do_it_is_told_and_says_that_it_is_done(self, agency: Organisation, head: Client) -> None:
        user = make_user(Role.PARTICIPANT, agency)
        person = make_person(agency, "Rini Contoh")
        person.user = user
        person.save(update_fields=["user"])
        own = client_of(user)
        assert "Belum ada yang dicatat untuk Anda" in text(own.get("/hasil/janji/"))
        assert Client().get("/hasil/janji/").status_code == 404
        head.post(f"{address(agency)}janji/", {"text": "Surat izin", "person": "rini", "due_on": "2026-11-18"})
        for where in ("/beranda/", "/pesan/", "/hasil/janji/"):
            assert "Surat izin" in text(own.get(where)), where
        done = own.post(f"/hasil/janji/{Promise.objects.get().pk}/", {"to": "kept"})
        assert done["Location"] == "/hasil/janji/"
        assert "Surat izin" not in text(own.get("/beranda/"))
        assert "Ditepati" in text(own.get("/hasil/janji/"))

    def test_a_promise_below_is_settled_without_leaving_the_page(self, agency: Organisation, head: Client) -> None:
        below = make_agency("Bidang", parent=agency)
        row = promise(below)
        answer = head.post(f"{address(agency)}janji/{row.pk}/", {"to": "kept"})
        assert answer["Location"] == address(agency)
        row.refresh_from_db()
        assert row.state == PromiseState.KEPT

    def test_strangers_neither_make_nor_move_one(self, agency: Organisation) -> None:
        other = make_agency("Dinas Lain")
        with pytest.raises(NotAllowed):
            promise(agency, actor=make_actor(Role.LEADER, other))
        row = promise(agency)
        assert (
            client_of(make_user(Role.LEADER, other)).post(f"/hasil/janji/{row.pk}/", {"to": "kept"}).status_code == 404
        )
        with pytest.raises(NotAllowed):
            move_promise(promise=row, to=PromiseState.KEPT, actor=make_actor(Role.INSPECTOR, agency))

    def test_an_empty_or_past_promise_is_none(self, agency: Organisation) -> None:
        with pytest.raises(Conflict, match="what will be done"):
            promise(agency, text=" ")
        with pytest.raises(Conflict, match="passed"):
            promise(agency, days=-1)


class TestAsItWasKnown:
    def test_a_kept_page_shows_what_was_known_and_what_was_corrected_since(
        self, agency: Organisation, head: Client
    ) -> None:
        row = make_indicator(agency, owner=make_person(agency, "Nama Lama"))
        measure(row, 100)
        close_monday(organisation=agency, actor=make_actor(Role.LEADER, agency))
        with clock.frozen_at(MONDAY + timedelta(days=8)):
            measure(row, 90, on=date(2026, 11, 2), note="Salah hitung")
            page = text(head.get(f"{address(agency)}2026-11-16/1/"))
        assert "100 kunjungan" in page
        assert "corrected since: 90" in page

    def test_nobody_is_named_in_what_is_kept(self, agency: Organisation) -> None:
        make_indicator(agency, owner=make_person(agency, "Nama Rahasia"))
        promise(agency)
        kept = close_monday(organisation=agency, actor=SYSTEM)
        assert "Nama Rahasia" not in kept.facts
        assert "Rini Contoh" not in kept.facts

    def test_an_altered_page_says_so(self, agency: Organisation, head: Client) -> None:
        kept = close_monday(organisation=agency, actor=SYSTEM)
        MondayPage.objects.filter(pk=kept.pk).update(facts=kept.facts.replace('"waiting":0', '"waiting":9'))
        assert "its content was altered" in text(head.get(f"{address(agency)}2026-11-16/1/"))

    def test_the_same_is_not_kept_twice(self, agency: Organisation, head: Client) -> None:
        head.post(f"{address(agency)}simpan/")
        head.post(f"{address(agency)}simpan/")
        assert MondayPage.objects.count() == 1

    def test_only_who_leads_keeps_it(self, agency: Organisation) -> None:
        with pytest.raises(NotAllowed):
            close_monday(organisation=agency, actor=make_actor(Role.INSPECTOR, agency))

    @pytest.mark.parametrize("where", ["2026-11-09/1/", "2026-11-16/9/", "kemarin/1/", "2026-13-45/1/"])
    def test_a_page_that_never_was_is_not_found(self, agency: Organisation, head: Client, where: str) -> None:
        assert head.get(f"{address(agency)}{where}").status_code == 404


class TestEveryMonday:
    def test_the_page_is_kept_and_the_head_is_told_once(self, agency: Organisation, head: Client) -> None:
        promise(agency)

        class Run:
            actor = SYSTEM

        prepare_mondays(Run())
        prepare_mondays(Run())
        assert MondayPage.objects.get().day == date(2026, 11, 16)
        notice = Notice.objects.get()
        assert "16 November 2026" in notice.text
        assert notice.href == address(agency)

    def test_only_on_mondays(self, agency: Organisation, head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[Any] = []
        monkeypatch.setattr("enggang.impact.domain.mondays.enqueue", lambda *args, **_facts: asked.append(args))
        with clock.frozen_at(MONDAY + timedelta(days=1)):
            queue_mondays()
        assert not asked
        queue_mondays()
        assert len(asked) == 1


def test_monday_of() -> None:
    assert monday_of(date(2026, 11, 22)) == date(2026, 11, 16)
    assert monday_of(date(2026, 11, 16)) == date(2026, 11, 16)

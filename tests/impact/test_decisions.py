"""Decided, returned with a reason or given to somebody on the Monday page; causes of what is off its path; the page on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.impact.domain.causes import state_cause, withdraw_cause
from enggang.impact.domain.mondays import close_monday
from enggang.impact.models import Cause, Promise
from enggang.impact.queries.monday import facts_of, names_in
from enggang.impact.queries.telling import told
from enggang.indicators.domain.measuring import verify_value
from enggang.indicators.enums import MeasurementState
from enggang.indicators.models import Indicator, Measurement
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.impact.test_monday import MONDAY, address, text
from tests.indicators.factories import aim, make_indicator, measure
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.frozen_at(MONDAY):
        yield


def reader(agency: Organisation, role: Role = Role.LEADER) -> Client:
    client = client_of(make_user(role, agency, "Kepala Contoh"))
    client.cookies["django_language"] = "en"
    return client


def verified(agency: Organisation, number: Any = 8990) -> Measurement:
    row = measure(make_indicator(agency), number, actor=make_actor(Role.COORDINATOR, agency))
    return verify_value(measurement=row, actor=make_actor(Role.ORGANISER, agency))


def red(agency: Organisation) -> Indicator:
    row = make_indicator(agency)
    aim(row, 120_000)
    measure(row, 10, on=date(2026, 9, 1))
    return row


class TestDecide:
    def url(self, agency: Organisation, row: Measurement) -> str:
        return f"{address(agency)}putus/value/{row.pk}/"

    def test_the_head_approves_without_leaving_the_page(self, agency: Organisation) -> None:
        row, head = verified(agency), reader(agency)
        assert self.url(agency, row) in text(head.get(address(agency)))
        answer = head.post(self.url(agency, row), {"to": "approve"}, follow=True)
        assert "Approved." in text(answer)
        row.refresh_from_db()
        assert row.state == MeasurementState.APPROVED

    def test_returned_only_with_a_reason(self, agency: Organisation) -> None:
        row, head = verified(agency), reader(agency)
        head.post(self.url(agency, row), {"to": "return", "reason": " "})
        row.refresh_from_db()
        assert row.state == MeasurementState.VERIFIED
        head.post(self.url(agency, row), {"to": "return", "reason": "Berkas BPS belum terlampir"})
        row.refresh_from_db()
        assert (row.state, row.return_reason) == (MeasurementState.RETURNED, "Berkas BPS belum terlampir")

    def test_twice_is_once_and_the_second_is_told(self, agency: Organisation) -> None:
        row, head = verified(agency), reader(agency)
        head.post(self.url(agency, row), {"to": "approve"})
        answer = text(head.post(self.url(agency, row), {"to": "return", "reason": "x"}, follow=True))
        row.refresh_from_db()
        assert row.state == MeasurementState.APPROVED
        assert "alert--bad" in answer

    def test_an_inspector_reads_and_decides_nothing(self, agency: Organisation) -> None:
        row, inspector = verified(agency), reader(agency, Role.INSPECTOR)
        assert "putus/" not in text(inspector.get(address(agency)))
        inspector.post(self.url(agency, row), {"to": "approve"})
        row.refresh_from_db()
        assert row.state == MeasurementState.VERIFIED

    @pytest.mark.parametrize("bad", ["value/99999999", "value/abc", "value/9" + "9" * 30, "edition/nothing", "page/1"])
    def test_what_does_not_wait_is_not_found(self, agency: Organisation, bad: str) -> None:
        assert reader(agency).post(f"{address(agency)}putus/{bad}/", {"to": "approve"}).status_code == 404

    def test_somebody_elses_is_not_found(self, agency: Organisation) -> None:
        row, other = verified(agency), make_agency("Dinas Lain")
        assert reader(other).post(self.url(other, row), {"to": "approve"}).status_code == 404
        assert reader(agency).post(self.url(agency, row), {"to": "eat"}).status_code == 404

    def test_given_to_somebody_stands_beside_it(self, agency: Organisation) -> None:
        row, head = verified(agency), reader(agency)
        make_person(agency, "Rini Contoh")
        about = row.indicator.code
        assert f"tentang={about}" in text(head.get(address(agency)))
        given = {"text": "Periksa angka BPS", "person": "Rini Contoh", "due_on": "2026-11-20", "about": about}
        head.post(f"{address(agency)}janji/", given)
        assert Promise.objects.get().about == row.indicator.subject
        assert "given to Rini Contoh" in text(head.get(address(agency)))

    def test_a_promise_is_about_nothing_of_others(self, agency: Organisation) -> None:
        strange = make_indicator(make_agency("Dinas Lain"))
        make_person(agency, "Rini Contoh")
        given = {"text": "Periksa", "person": "Rini Contoh", "due_on": "2026-11-20", "about": strange.code}
        reader(agency).post(f"{address(agency)}janji/", given)
        assert Promise.objects.get().about is None


class TestCause:
    def state(self, row: Indicator, person: Person, **facts: Any) -> Cause:
        given = {
            "text": "Penerbangan berkurang",
            "action": "Rapat dengan maskapai",
            "due_on": date(2026, 12, 1),
            "actor": SYSTEM,
            **facts,
        }
        return state_cause(indicator=row, person=person, **given)

    def test_red_without_a_cause_names_the_owner_and_the_day(self, agency: Organisation) -> None:
        with clock.frozen_at(MONDAY - timedelta(days=4)):
            row = red(agency)
        assert row.owner is not None
        page = text(reader(agency).get(address(agency)))
        assert f"no cause yet, {row.owner.name}, since day 5" in page

    def test_stated_with_a_dated_action_that_is_a_promise(self, agency: Organisation) -> None:
        row, person = red(agency), make_person(agency, "Rini Contoh")
        head = reader(agency)
        given = {
            "text": "Penerbangan berkurang",
            "action": "Rapat dengan maskapai",
            "person": "Rini Contoh",
            "due_on": "2026-12-01",
        }
        assert head.post(f"/hasil/sebab/{row.code}/", given).status_code == 302
        page = text(head.get(address(agency)))
        assert "cause: Penerbangan berkurang" in page
        assert "no cause yet" not in page
        assert Promise.objects.get().person == person
        assert "Rapat dengan maskapai" in text(head.get(f"/hasil/sebab/{row.code}/"))

    def test_without_an_action_or_for_a_past_day_nothing_is_kept(self, agency: Organisation) -> None:
        row, person = red(agency), make_person(agency)
        for facts in ({"action": " "}, {"text": " "}, {"due_on": date(2026, 11, 1)}):
            with pytest.raises(Conflict):
                self.state(row, person, **facts)
        assert not Cause.objects.exists()
        assert not Promise.objects.exists()
        answer = reader(agency).post(
            f"/hasil/sebab/{row.code}/", {"text": "Sebab", "action": "", "person": "", "due_on": "x"}
        )
        assert answer.status_code == 422
        assert "Sebab" in text(answer)

    def test_a_cause_of_an_earlier_run_does_not_excuse_the_present_one(self, agency: Organisation) -> None:
        row, person = red(agency), make_person(agency)
        self.state(row, person)
        with clock.frozen_at(MONDAY + timedelta(days=2)):
            measure(row, 130_000, on=date(2026, 9, 1))
            assert facts_of(agency, clock.today())["indicators"][0]["red_since"] == ""
            measure(row, 10, on=date(2026, 9, 1))
        with clock.frozen_at(MONDAY + timedelta(days=3)):
            (facts,) = facts_of(agency, clock.today())["indicators"]
        assert facts["red_since"]
        assert facts["cause"] is None

    def test_taken_back_once(self, agency: Organisation) -> None:
        cause = self.state(red(agency), make_person(agency))
        withdraw_cause(cause=cause, actor=SYSTEM)
        with pytest.raises(Conflict, match="already"):
            withdraw_cause(cause=cause, actor=SYSTEM)

    def test_strangers_and_inspectors_state_nothing(self, agency: Organisation) -> None:
        row, person = red(agency), make_person(agency)
        for actor in (make_actor(Role.INSPECTOR, agency), make_actor(Role.LEADER, make_agency("Dinas Lain"))):
            with pytest.raises(NotAllowed):
                self.state(row, person, actor=actor)
        assert reader(make_agency("Dinas Jauh")).get(f"/hasil/sebab/{row.code}/").status_code == 404
        assert reader(agency, Role.INSPECTOR).post(f"/hasil/sebab/{row.code}/", {}).status_code == 404


class TestPaper:
    def test_the_paper_says_what_the_screen_says(self, agency: Organisation) -> None:
        from tests.stories.festival.papers import words_of

        verified(agency)
        answer = reader(agency).get(f"{address(agency)}pdf/")
        assert answer["Content-Type"] == "application/pdf"
        said = words_of(answer.content)
        assert "8,990 kunjungan" in said
        assert "Chain of results so far" in said

    def test_a_kept_page_is_printed_as_it_was(self, agency: Organisation) -> None:
        page = close_monday(organisation=agency, actor=SYSTEM)
        url = f"{address(agency)}{page.day:%Y-%m-%d}/1/pdf/"
        assert reader(agency).get(url).content[:5] == b"%PDF-"
        assert reader(agency).get(f"{address(agency)}2026-99-99/1/pdf/").status_code == 404
        assert reader(make_agency("Dinas Lain")).get(url).status_code == 404


def test_the_page_stays_under_sixty_kilobytes_when_everything_waits(agency: Organisation) -> None:
    person = make_person(agency, "Rini Contoh dengan Nama yang Sangat Panjang Sekali, S.Sos., M.Si.")
    for number in range(60):
        row = make_indicator(
            agency, f"Indikator dengan nama yang cukup panjang untuk sebuah layar {number}", owner=person
        )
        aim(row, 120_000)
        verify_value(
            measurement=measure(row, 10, on=date(2026, 9, 1), actor=make_actor(Role.COORDINATOR, agency)), actor=SYSTEM
        )
        Promise.objects.create(
            organisation=agency, text=f"Janji {number} " + "kata " * 20, person=person, made_on=date(2026, 11, 1),
            due_on=date(2026, 12, 1), made_by_key="system",
        )  # fmt: skip
    head = reader(agency)
    page = head.get(address(agency))
    assert len(page.content) < 60 * 1024
    assert "and 45 more" in text(page)
    assert "and 52 more" in text(page)
    assert text(head.get(address(agency), {"semua": "1"})).count("It is done") == 60


def test_a_page_kept_before_there_were_causes_opens_still(agency: Organisation) -> None:
    red(agency)
    facts = facts_of(agency, clock.today())
    old = {name: part for name, part in facts.items() if name != "digital"}
    old["indicators"] = [
        {k: v for k, v in each.items() if k not in {"cause", "red_since"}} for each in old["indicators"]
    ]
    old["decisions"] = [{k: v for k, v in each.items() if k not in {"item", "assigned"}} for each in old["decisions"]]
    found = told(old, names_in(old))
    assert found.digital == []
    assert len(found.indicators) == 1

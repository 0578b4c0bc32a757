"""Turnover of stalls: reported in seconds, once a day, corrected until noon; what everybody sees is never a single one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import LinkScope, Role
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.stall_links import hand_out_stalls
from enggang.events.domain.stalls import decide_stall
from enggang.events.domain.turnover import report_turnover
from enggang.events.models import Edition, StallApplication, StallCall, Threshold, Turnover, TurnoverChange
from enggang.events.queries.press import edition_press
from enggang.events.queries.stall_home import stall_cards
from enggang.events.queries.turnover import board_of, published, shares_of
from enggang.events.views import turnover
from enggang.places.models import Organisation
from tests.events.stalling import accepted, applied, fresh, make_call, make_category, running_edition
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return running_edition(agency)


@pytest.fixture
def call(edition: Edition) -> StallCall:
    return make_call(edition, stalls=20)


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def today(edition: Edition) -> date:
    return clock.today(edition.time_zone)


def vendor(row: StallApplication) -> Actor:
    return Actor(ActorKind.LINK, "link:1", scopes=frozenset({(str(LinkScope.STALL), row.code)}))


def page_of(row: StallApplication) -> str:
    (token,) = hand_out_stalls(call=row.call, applications=[row], actor=SYSTEM)
    return reverse("events:stall_by_link", args=[token])


def reports(row: StallApplication, amount: int, day: date | None = None, **facts: Any) -> Turnover:
    on = day or today(row.call.edition)
    return report_turnover(application=row, day=on, amount=amount, actor=facts.pop("actor", SYSTEM), **facts)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo("Asia/Pontianak"))


def cards_of(role: Role, agency: Organisation) -> list[dict[str, Any]]:
    return stall_cards(RequestFactory().get("/"), make_actor(role, agency))


class TestAVendorReports:
    def test_in_one_field_and_the_page_shows_it(self, call: StallCall) -> None:
        row = accepted(call)
        address, phone = page_of(row), Client()
        phone.cookies["django_language"] = "en"
        day = today(call.edition)
        response = phone.post(f"{address}omzet/", {"day": day, "amount": "Rp 1.250.000", "version": 0})
        assert response.status_code == 302
        report = Turnover.objects.get()
        assert (report.amount, report.day, report.reported_by) == (1_250_000, day, "vendor")
        assert "1.250.000" in phone.get(address).content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [{"amount": ""}, {"amount": "-1"}, {"amount": "banyak"}, {"amount": "10.000.000.001"}, {"qris": "2.000.000"},
         {"sales": "100001"}, {"sales": "-1"}, {"hands": "501"}, {"hands": "x"}, {"day": ""}, {"day": "x"},
         {"day": "2019-01-01"}, {"day": "0001-01-01"}],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_and_kept_on_the_page(self, call: StallCall, wrong: dict[str, Any]) -> None:
        address = page_of(accepted(call))
        form = {"day": today(call.edition).isoformat(), "amount": "1.000.000", "sales": "77", "version": 0, **wrong}
        response = Client().post(f"{address}omzet/", form)
        assert response.status_code == 422
        assert "sales" in wrong or 'value="77"' in response.content.decode()
        assert not Turnover.objects.exists()

    def test_the_page_says_who_sees_the_number(self, call: StallCall) -> None:
        """Leaders, treasurers and inspectors of the agency read it on their board, so it is not the committee alone."""
        phone = Client()
        phone.cookies["django_language"] = "en"
        page = phone.get(page_of(accepted(call))).content.decode()
        assert "The committee and the agency that holds the event see your number" in page

    def test_nothing_sold_is_a_report_too(self, call: StallCall) -> None:
        row = accepted(call)
        reports(row, 0, actor=vendor(row))
        assert not board_of(call, None).missing

    def test_sent_twice_is_one_row(self, call: StallCall) -> None:
        row = accepted(call)
        first = reports(row, 500_000, actor=vendor(row), sales=10)
        again = reports(row, 500_000, actor=vendor(row), sales=10)
        assert (first.pk, again.version) == (again.pk, 1)
        assert not TurnoverChange.objects.exists()

    def test_another_number_than_was_seen_is_not_overwritten(self, call: StallCall) -> None:
        row = accepted(call)
        reports(row, 500_000, actor=vendor(row))
        with pytest.raises(Conflict, match="reported already with Rp"):
            reports(row, 100_000, actor=vendor(row))
        reports(row, 600_000, actor=vendor(row), version=1)
        assert Turnover.objects.get().amount == 600_000
        assert (TurnoverChange.objects.get().was, TurnoverChange.objects.get().now) == (500_000, 600_000)

    def test_until_noon_of_the_next_day(self, call: StallCall) -> None:
        row, first = accepted(call), call.edition.starts_on
        assert first is not None
        with clock.frozen_at(at(first + timedelta(days=1), 11, 59)):
            reports(row, 1, first, actor=vendor(row))
        with clock.frozen_at(at(first + timedelta(days=1), 12)), pytest.raises(Conflict, match="until noon"):
            reports(row, 2, first, actor=vendor(row), version=1)

    def test_afterwards_the_page_does_not_ask_any_more(self, call: StallCall) -> None:
        row, last = accepted(call), call.edition.ends_on
        assert last is not None
        address, phone = page_of(row), Client()
        phone.cookies["django_language"] = "en"
        with clock.frozen_at(at(last + timedelta(days=2), 9)):
            page = phone.get(address).content.decode()
        assert "The days for reporting are over." in page
        assert "enter here each evening" not in page
        assert "I do not come" not in page
        with clock.frozen_at(at(last - timedelta(days=30), 9)):
            page = phone.get(address).content.decode()
        assert "enter here each evening" in page
        assert "I do not come" in page

    @pytest.mark.parametrize("days", [-1, 1])
    def test_only_on_days_of_the_event_that_have_come(self, call: StallCall, days: int) -> None:
        row = accepted(call)
        edge = call.edition.starts_on if days < 0 else today(call.edition)
        assert edge is not None
        with pytest.raises(Conflict):
            reports(row, 1, edge + timedelta(days=days))

    def test_only_who_has_a_stall_and_by_their_own_address(self, call: StallCall) -> None:
        row, other = applied(call), accepted(call)
        with pytest.raises(Conflict, match="with a stall"):
            reports(row, 1, actor=vendor(row))
        with pytest.raises(NotAllowed):
            reports(other, 1, actor=vendor(row))
        with pytest.raises(NotAllowed):
            reports(other, 1, actor=ANONYMOUS)

    def test_the_stall_of_who_has_reported_stays_theirs(self, call: StallCall) -> None:
        row = accepted(call)
        reports(row, 5)
        with pytest.raises(Conflict, match="has reported turnover"):
            decide_stall(application=row, to="declined", reason="x", actor=SYSTEM)


class TestStaff:
    def test_enter_for_a_vendor_and_correct_with_a_reason(self, client: Client, call: StallCall) -> None:
        row, first = accepted(call), call.edition.starts_on
        assert first is not None
        address = reverse("events:turnover_enter", args=[call.edition.code, row.pk, first.isoformat()])
        client.post(address, {"amount": "300.000"})
        assert Turnover.objects.get().reported_by == "staff"
        refused = client.post(address, {"amount": "400.000", "version": 1})
        assert "Give the reason" in refused.content.decode()
        client.post(address, {"amount": "400.000", "version": 1, "reason": "salah dengar"})
        assert TurnoverChange.objects.get().reason == "salah dengar"
        page = client.get(reverse("events:stall_application", args=[call.edition.code, row.pk])).content.decode()
        assert "salah dengar" in page

    @pytest.mark.parametrize("day", ["x", "2019-01-01", "9999-99-99", "%00"])
    def test_a_day_that_is_none_enters_nothing(self, client: Client, call: StallCall, day: str) -> None:
        row = accepted(call)
        address = reverse("events:turnover_enter", args=[call.edition.code, row.pk, "x"]).replace("/x/", f"/{day}/")
        assert client.get(address).status_code == 200
        client.post(address, {"amount": ""})
        assert not Turnover.objects.exists()

    def test_the_board_names_who_is_missing_and_makes_their_reminders(self, client: Client, call: StallCall) -> None:
        there, missing = accepted(call), accepted(call, name="Kue Nona")
        reports(there, 750_000, actor=vendor(there))
        address = reverse("events:turnover", args=[call.edition.code])
        page = client.get(address).content.decode()
        assert "1 stall has not reported" in page
        assert "750.000" in page
        texts = client.post(
            reverse("events:turnover_remind", args=[call.edition.code]), {"hari": today(call.edition).isoformat()}
        ).content.decode()
        assert "Kue Nona" in texts
        assert there.name not in texts
        assert f"https://wa.me/{missing.phone[1:]}" in texts
        for wrong in ("x", "2019-01-01", "%00"):
            assert client.get(f"{address}?hari={wrong}").status_code == 200

    def test_the_home_page_of_an_organiser_says_who_was_silent_and_who_is_not_told(
        self, agency: Organisation, call: StallCall
    ) -> None:
        yesterday = clock.today() - timedelta(days=1)
        there, _missing = accepted(call), accepted(call)
        reports(there, 5, yesterday)
        titles = [card["title"] for card in cards_of(Role.ORGANISER, agency)]
        assert titles == ["2 vendors to be told", "1 stall has not reported yesterday"]
        assert cards_of(Role.LEADER, agency) == []
        assert cards_of(Role.ORGANISER, make_agency("Dinas Lain")) == []

    def test_the_files(self, client: Client, call: StallCall) -> None:
        reports(accepted(call, name="Kue Nona"), 750_000, sales=3)
        address = reverse("events:turnover", args=[call.edition.code])
        form = {"list": "turnovers", "form": "csv", "column": ["name", "amount"]}
        text = client.post(address, form).content.decode("utf-8-sig")
        assert text.splitlines()[1] == "Kue Nona,750000" or text.splitlines()[1] == "Kue Nona;750000"
        assert client.post(address, {"list": "turnover-days", "form": "xlsx"}).content[:2] == b"PK"

    def test_another_agency_sees_nothing(self, call: StallCall) -> None:
        row = accepted(call)
        other = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
        assert other.get(reverse("events:turnover", args=[call.edition.code])).status_code == 404
        address = reverse("events:turnover_enter", args=[call.edition.code, row.pk, "2027-01-01"])
        assert other.post(address, {"amount": "1"}).status_code == 404

    def test_many_stalls_go_over_pages_the_silent_ones_first(
        self, client: Client, call: StallCall, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(turnover, "PER_PAGE", 2)
        for name in ("Abon", "Bakso", "Cincau"):
            reports(accepted(call, name=name), 10_000)
        accepted(call, name="Dodol")
        address = reverse("events:turnover", args=[call.edition.code])
        first, second, wrong = (client.get(address, {"page": page}).content.decode() for page in ("1", "2", "x"))
        assert [name for name in ("Abon", "Bakso", "Cincau", "Dodol") if name in first] == ["Abon", "Dodol"]
        assert [name for name in ("Abon", "Bakso", "Cincau", "Dodol") if name in second] == ["Bakso", "Cincau"]
        assert "Dodol" in wrong

    def test_queries_do_not_grow(self, client: Client, call: StallCall) -> None:
        counts = []
        for more in (1, 2):
            for _each in range(more):
                reports(accepted(call), 10_000)
            with CaptureQueriesContext(connection) as found:
                client.get(reverse("events:turnover", args=[call.edition.code]))
            counts.append(len(found))
        assert counts[0] == counts[1]

    def test_a_clone_knows_no_money(self, call: StallCall) -> None:
        reports(accepted(call), 10_000)
        clone = clone_edition(edition=call.edition, year=call.edition.year + 1, actor=SYSTEM)
        assert not Turnover.objects.filter(application__call__edition=clone).exists()


class TestWhatEverybodySees:
    def threshold(self, value: int) -> None:
        Threshold.objects.create(name="masked", value=value, valid_from="2020-01-01", source="uji")

    def test_nothing_of_too_few(self, call: StallCall) -> None:
        self.threshold(3)
        call.shows_sums = True
        call.save()
        for _each in range(2):
            reports(accepted(call), 123_456)
        address = reverse("events:stall_sums", args=[call.code])
        page = Client().get(address).content.decode()
        assert "123" not in page
        assert "246" not in page
        reports(accepted(call), 1_000)
        assert "247.912" in Client().get(address).content.decode()
        told = edition_press(call.edition.code, SYSTEM)
        assert told
        assert "Rp\u00a0247.912" in " ".join(told.paragraphs["id"])
        assert "Rp\u00a0247,912" in " ".join(told.paragraphs["en"])

    def test_a_day_of_too_few_is_in_no_sum(self, call: StallCall) -> None:
        self.threshold(2)
        first = call.edition.starts_on
        rows = [accepted(call) for _each in range(2)]
        for row in rows:
            reports(row, 100)
        reports(rows[0], 7, first)
        sums = published(call)
        assert (sums.total, sums.hidden, [day.reported for day in sums.days]) == (200, 1, [2])

    def test_not_shown_unless_the_committee_says_so(self, call: StallCall) -> None:
        assert Client().get(reverse("events:stall_sums", args=[call.code])).status_code == 404

    @pytest.mark.parametrize(
        ("kinds", "expected"),
        [
            ({"a": 3, "b": 3}, {"a": 3, "b": 3}),
            ({"a": 3, "b": 1}, {}),  # what is left would be a single sum of all
            ({"a": 4, "b": 3, "c": 1}, {"a": 4, "Other kinds together": 4}),
            ({"a": 4, "b": 2, "c": 1}, {"a": 4, "Other kinds together": 3}),
            ({"a": 1, "b": 1}, {}),
            ({}, {}),
        ],
    )
    def test_kinds_of_too_few_are_counted_together_so_that_nobody_subtracts(
        self, call: StallCall, kinds: dict[str, int], expected: dict[str, int]
    ) -> None:
        for name, many in kinds.items():
            for _each in range(many):
                reports(accepted(call, category=make_category(name)), 10)
        rows = list(Turnover.objects.select_related("application__category"))
        assert {share.label: share.businesses for share in shares_of(rows, 3)} == expected

    def test_what_nobody_said_is_unknown_and_not_nothing(self, call: StallCall) -> None:
        one, other = accepted(call), accepted(call)
        reports(one, 1_000, hands=2)
        reports(other, 1_000)
        day = board_of(call, None).days[-1]
        assert (day.amount, day.hands, day.qris, day.sales) == (2_000, 2, None, None)

    def test_a_board_of_nobody(self, call: StallCall) -> None:
        board = board_of(call, None)
        assert (board.total, board.stalls, board.missing) == (0, 0, [])
        assert fresh(applied(call)).state == "new"

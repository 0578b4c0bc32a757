"""Partners: the register, what an edition asks and gets of them, and everything that cannot be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.budgets.models import MoneySource
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain import partners as acts
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.money import start_budget
from enggang.events.domain.stages import cancel_edition
from enggang.events.models import Edition, Partner, Partnership
from enggang.events.queries.partners import standing_of
from enggang.places.models import Organisation
from tests.events.factories import make_edition
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def make_partner(agency: Organisation, name: str = "Hotel Contoh", **facts: Any) -> Partner:
    return acts.open_partner(organisation=agency, name=name, actor=SYSTEM, **{"kind": "hotel", **facts})


def listed(edition: Edition, partner: Partner | None = None, **facts: Any) -> Partnership:
    found = partner or make_partner(edition.organisation)
    return acts.add_partnership(edition=edition, partner=found, actor=SYSTEM, **facts)


def moved(row: Partnership, *states: str) -> Partnership:
    for to in states:
        acts.move_partnership(partnership=row, to=to, on=clock.today(), actor=SYSTEM)
    return row


def gives(row: Partnership, **facts: Any) -> Partnership:
    values = {"gift": "cash", "gives": "Uang", "value": 5_000_000, **facts}
    return acts.change_partnership(partnership=row, version=row.version, actor=SYSTEM, **values)


class TestTheRegister:
    def test_from_nothing_to_a_partner_who_was_asked(self, client: Client, agency: Organisation) -> None:
        form = {"organisation": agency.pk, "name": "Sanggar Contoh", "kind": "community", "phone": "0811 1111 111"}
        client.post(reverse("events:partner_new"), form)
        partner = Partner.objects.get()
        edition = make_edition(agency)
        client.post(reverse("events:partnerships", args=[edition.code]), {"partner": partner.pk, "asked_for": "Tari"})
        page = client.get(reverse("events:partnerships", args=[edition.code])).content.decode()
        assert "Sanggar Contoh" in page
        assert "asked for: Tari" in page
        assert str(edition) in client.get(reverse("events:partner", args=[partner.code])).content.decode()

    def test_a_name_is_once_in_a_register_whatever_its_case(self, client: Client, agency: Organisation) -> None:
        make_partner(agency, "Hotel Contoh")
        response = client.post(
            reverse("events:partner_new"), {"organisation": agency.pk, "name": "hotel  CONTOH", "kind": "hotel"}
        )
        assert response.status_code == 422
        assert "already has a partner of this name" in response.content.decode()
        make_partner(make_agency("Dinas Lain"), "Hotel Contoh")

    @pytest.mark.parametrize("name", ["", "   ", "!!!", "x" * 201])
    def test_a_name_that_is_none_is_refused_and_kept_on_the_page(
        self, client: Client, agency: Organisation, name: str
    ) -> None:
        form = {"organisation": agency.pk, "name": name, "kind": "hotel", "contact": "Ibu Contoh"}
        response = client.post(reverse("events:partner_new"), form)
        assert response.status_code == 422
        assert "Ibu Contoh" in response.content.decode()
        assert not Partner.objects.exists()

    def test_two_tabs(self, client: Client, agency: Organisation) -> None:
        partner = make_partner(agency)
        acts.change_partner(partner=partner, version=1, actor=SYSTEM, phone="1")
        form = {"organisation": agency.pk, "name": "Hotel Contoh", "kind": "hotel", "phone": "2", "version": 1}
        response = client.post(reverse("events:partner_edit", args=[partner.code]), form)
        assert "Somebody saved a newer version" in response.content.decode()
        partner.refresh_from_db()
        assert partner.phone == "1"

    def test_retired_is_offered_to_nobody_and_can_be_restored(self, client: Client, agency: Organisation) -> None:
        partner, edition = make_partner(agency), make_edition(agency)
        client.post(reverse("events:partner_retire", args=[partner.code]))
        assert partner.name not in client.get(reverse("events:partners")).content.decode()
        assert partner.name in client.get(reverse("events:partners") + "?retired=ya").content.decode()
        partner.refresh_from_db()
        with pytest.raises(Conflict, match="retired"):
            listed(edition, partner)
        client.post(reverse("events:partner_restore", args=[partner.code]))
        partner.refresh_from_db()
        assert listed(edition, partner).pk

    def test_another_agency_neither_sees_nor_changes_it(self, agency: Organisation) -> None:
        partner = make_partner(agency)
        stranger = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
        assert stranger.get(reverse("events:partner", args=[partner.code])).status_code == 404
        assert stranger.post(reverse("events:partner_retire", args=[partner.code])).status_code == 404
        assert partner.name not in stranger.get(reverse("events:partners")).content.decode()

    def test_a_leader_reads_and_changes_nothing(self, agency: Organisation) -> None:
        partner = make_partner(agency)
        leader = client_of(make_user(Role.LEADER, agency))
        assert leader.get(reverse("events:partner", args=[partner.code])).status_code == 200
        assert leader.get(reverse("events:partner_new")).status_code == 404
        assert leader.post(reverse("events:partner_retire", args=[partner.code])).status_code == 404

    def test_queries_do_not_grow_with_the_register(self, client: Client, agency: Organisation) -> None:
        counts = []
        for names in (["A"], ["B", "C"]):
            for name in names:
                make_partner(agency, f"Hotel {name}")
            with CaptureQueriesContext(
                connection,
            ) as found:
                client.get(reverse("events:partners"))
            counts.append(len(found))
        assert counts[0] == counts[1]


class TestOfAnEdition:
    def test_what_is_promised_stands_beside_the_budget(self, client: Client, agency: Organisation) -> None:
        edition = make_edition(agency)
        cash = moved(gives(listed(edition)), "asked", "joined")
        moved(
            gives(listed(edition, make_partner(agency, "Kampus")), gift="service", value=2_000_000), "joined", "given"
        )
        moved(gives(listed(edition, make_partner(agency, "Bank")), value=9_000_000), "asked", "declined")
        start_budget(edition=edition, actor=SYSTEM)
        edition.refresh_from_db()
        assert edition.budget is not None
        MoneySource.objects.create(budget=edition.budget, kind="sponsor", name="Sponsor", amount=7_000_000)
        standing = standing_of(edition)
        assert (standing.promised, standing.in_kind, standing.budgeted) == (5_000_000, 2_000_000, 7_000_000)
        page = client.get(reverse("events:partnerships", args=[edition.code])).content.decode()
        assert "The budget counts on" in page
        assert cash.steps.count() == 2

    def test_given_says_what(self, agency: Organisation) -> None:
        row = moved(listed(make_edition(agency)), "joined")
        with pytest.raises(Conflict, match="what they gave"):
            moved(row, "given")

    @pytest.mark.parametrize("to", ["given", "listed", "nonsense", ""])
    def test_a_state_that_cannot_follow(self, client: Client, agency: Organisation, to: str) -> None:
        edition = make_edition(agency)
        row = listed(edition)
        form = {"to": to, "on": clock.today().isoformat()}
        response = client.post(reverse("events:partnership_move", args=[edition.code, row.pk]), form)
        assert response.status_code == 422
        row.refresh_from_db()
        assert row.state == "listed"

    def test_an_answer_of_tomorrow(self, agency: Organisation) -> None:
        row = listed(make_edition(agency))
        with pytest.raises(Conflict, match="has not come yet"):
            acts.move_partnership(partnership=row, to="asked", on=clock.today() + timedelta(days=2), actor=SYSTEM)

    @pytest.mark.parametrize("value", ["-5", "lima juta", "9" * 30])
    def test_a_worth_that_is_none(self, client: Client, agency: Organisation, value: str) -> None:
        edition = make_edition(agency)
        row = listed(edition)
        form = {"version": row.version, "gift": "cash", "gives": "Uang", "value": value}
        response = client.post(reverse("events:partnership", args=[edition.code, row.pk]), form)
        assert response.status_code == 422
        assert value in response.content.decode()
        row.refresh_from_db()
        assert row.value is None

    def test_once_on_the_list(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        row = listed(edition)
        with pytest.raises(Conflict, match="already"):
            listed(edition, row.partner)

    def test_taken_off_only_before_anything_was_said(self, client: Client, agency: Organisation) -> None:
        edition = make_edition(agency)
        row = moved(listed(edition), "asked", "listed")
        client.post(reverse("events:partnership_drop", args=[edition.code, row.pk]))
        assert edition.partnerships.count() == 1
        fresh = listed(edition, make_partner(agency, "Baru"))
        client.post(reverse("events:partnership_drop", args=[edition.code, fresh.pk]))
        assert edition.partnerships.count() == 1

    def test_the_partner_of_another_agency_cannot_be_listed(self, client: Client, agency: Organisation) -> None:
        theirs, edition = make_partner(make_agency("Dinas Lain")), make_edition(agency)
        response = client.post(reverse("events:partnerships", args=[edition.code]), {"partner": theirs.pk})
        assert response.status_code == 422
        with pytest.raises(NotAllowed):
            acts.add_partnership(edition=edition, partner=theirs, actor=make_actor(Role.ORGANISER, agency))

    def test_a_row_of_another_edition_is_not_found(self, client: Client, agency: Organisation) -> None:
        one = make_edition(agency)
        row = listed(one)
        other = make_edition(agency, year=2027, event=one.event)
        assert client.get(reverse("events:partnership", args=[other.code, row.pk])).status_code == 404

    def test_a_cancelled_edition_stays_as_it_is(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        row = listed(edition)
        cancel_edition(edition=edition, decider="Kepala", decided_on=clock.today(), reason="uji", actor=SYSTEM)
        with pytest.raises(Conflict):
            moved(row, "asked")

    def test_next_year_asks_again_whoever_came_along(self, client: Client, agency: Organisation) -> None:
        edition = make_edition(agency)
        moved(gives(listed(edition, asked_for="Uang")), "joined", "given")
        moved(listed(edition, make_partner(agency, "Bank")), "asked", "declined")
        clone = clone_edition(edition=edition, year=2026, actor=SYSTEM)
        row = clone.partnerships.get()
        assert (row.state, row.value, row.asked_for) == ("listed", None, "Uang")
        page = client.get(reverse("events:partnership", args=[clone.code, row.pk])).content.decode()
        assert "Last year: Has given." in page

    def test_queries_do_not_grow_with_the_list(self, client: Client, agency: Organisation) -> None:
        edition, counts = make_edition(agency), []
        for names in (["A"], ["B", "C"]):
            for name in names:
                listed(edition, make_partner(agency, f"Hotel {name}"))
            with CaptureQueriesContext(connection) as found:
                client.get(reverse("events:partnerships", args=[edition.code]))
            counts.append(len(found))
        assert counts[0] == counts[1]

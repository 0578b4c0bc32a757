"""The pages of curation, as the curator, a regency, and a judge without an account meet them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain import judging
from enggang.events.domain.reference import load_reference
from enggang.events.enums import Stage
from enggang.events.models import CurationProposal, CurationRound, Edition
from enggang.places.models import Organisation
from tests.events.curating import agencies, judged_round, judging_round, levels, open_round, propose
from tests.training.factories import client_of, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Organisation:
    load_reference(actor=SYSTEM)
    return agencies()[0]


def signed_in(role: Role, at: Organisation) -> Client:
    found = client_of(make_user(role, at))
    found.cookies["django_language"] = "en"
    return found


@pytest.fixture
def curator(province: Organisation) -> Client:
    return signed_in(Role.ORGANISER, province)


@pytest.fixture
def regency(province: Organisation) -> Client:
    return signed_in(Role.ORGANISER, agencies()[1])


def text(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def facts(province: Organisation, **more: Any) -> dict[str, Any]:
    return {
        "organisation": province.pk, "year": 2027, "title": "Kurasi 2027", "call": "Kirim usulan",
        "deadline": clock.today().isoformat(), "mode": "alone", "gap_below": 60, "spread_alert": 20, **more,
    }  # fmt: skip


def scores(proposal: CurationProposal, points: int, **more: Any) -> dict[str, Any]:
    given = levels(proposal, points)
    return {f"level-{key}": value for key, value in given.items()} | {f"note-{key}": "catatan" for key in given} | more


DECISION = {"decider": "Kepala", "reason": "alasan"}


def decision(**more: str) -> dict[str, str]:
    return {**DECISION, "decided_on": clock.today().isoformat(), **more}


class TestCurator:
    def test_from_the_calendar_to_an_open_round(self, curator: Client, province: Organisation) -> None:
        assert reverse("events:rounds") in text(curator, "events:calendar")
        assert "No round of curation yet" in text(curator, "events:rounds")
        response = curator.post(reverse("events:round_new"), facts(province))
        curation = CurationRound.objects.get()
        assert response.headers["Location"] == reverse("events:round", args=[curation.code])
        page = text(curator, "events:round", curation.code)
        assert "Gagasan dan inovasi" in page
        assert "Name a judge" in page

    @pytest.mark.parametrize(
        "wrong",
        [{"title": ""}, {"year": 1}, {"year": "x"}, {"deadline": "2020-01-01"}, {"deadline": ""}, {"mode": "x"},
         {"gap_below": 101}, {"gap_below": -1}, {"organisation": 10**9}, {"title": "x" * 121}, {"year": 2022}],
    )  # fmt: skip
    def test_what_is_wrong_comes_back(self, curator: Client, province: Organisation, wrong: dict[str, Any]) -> None:
        response = curator.post(reverse("events:round_new"), facts(province, **wrong))
        assert response.status_code == 422
        assert "Kirim usulan" in response.content.decode()
        assert not CurationRound.objects.exists()

    def test_a_strange_agency_cannot_be_the_curator(self, curator: Client) -> None:
        assert curator.post(reverse("events:round_new"), facts(agencies()[1])).status_code == 422

    def test_the_call_is_changed_and_two_tabs_meet(self, curator: Client, province: Organisation) -> None:
        curation = open_round(province)
        address = reverse("events:round_edit", args=[curation.code])
        assert curator.post(address, facts(province, version=1, call="Baru")).status_code == 302
        assert curator.post(address, facts(province, version=1, call="Lama")).status_code == 422
        curation.refresh_from_db()
        assert curation.call == "Baru"

    def test_the_rubric_becomes_ones_own_and_is_taken_anew(self, curator: Client, province: Organisation) -> None:
        curation = open_round(province)
        copied = curator.post(reverse("events:aspects_copy", args=[curation.code]))
        assert copied.headers["Location"] == reverse("events:rules", args=["aspek-kurasi"])
        assert curator.post(reverse("events:aspects_copy", args=[curation.code])).status_code == 302
        assert "Change your rubric" in text(curator, "events:round", curation.code)

    def test_judges_are_named_with_and_without_an_account(self, curator: Client, province: Organisation) -> None:
        curation = open_round(province)
        user = make_user(Role.GRADER, province, "Ibu Juri")
        stranger = make_user(Role.GRADER, agencies()[1], "Orang lain")
        address = reverse("events:judge_add", args=[curation.code])
        assert curator.post(address, {"user": user.pk}).status_code == 302
        assert curator.post(address, {"name": "Pak Budaya", "post": "Budayawan"}).status_code == 302
        for wrong in ({}, {"user": stranger.pk}, {"user": user.pk}, {"user": "x"}, {"name": "x" * 161}):
            assert curator.post(address, wrong).status_code == 422
        judge = curation.judges.get(name="Pak Budaya")
        shown = curator.post(reverse("events:judge_link", args=[curation.code, judge.code])).content.decode()
        assert "/acara/j/" in shown
        other = open_round(province, title="Lain")
        assert curator.post(reverse("events:judge_drop", args=[other.code, judge.code])).status_code == 404
        assert curator.post(reverse("events:judge_drop", args=[curation.code, judge.code])).status_code == 302

    def test_steps_are_told_when_they_cannot_be_taken(self, curator: Client, province: Organisation) -> None:
        curation = open_round(province)
        page = curator.post(reverse("events:round_step", args=[curation.code, "nilai"]), follow=True).content.decode()
        assert "Name the judges first." in page
        assert curator.post(reverse("events:round_step", args=[curation.code, "apa"])).status_code == 404

    def test_compared_decided_and_given_out(self, curator: Client, regency: Client, province: Organisation) -> None:
        curation = judged_round(province, points=(40, 80))
        page = text(curator, "events:compare", curation.code)
        assert page.index("Acara Landak") < page.index("Acara Mempawah")
        for name, verdict in (("Mempawah", "returned"), ("Landak", "accepted")):
            proposal = curation.proposals.get(edition__organisation__name=name)
            address = reverse("events:proposal_decide", args=[proposal.code])
            assert curator.post(address, decision(verdict="x")).status_code == 422
            assert curator.post(address, decision(verdict=verdict)).status_code == 302
            assert curator.post(address, decision(verdict=verdict)).status_code == 422
        assert "alasan" not in text(regency, "events:result", curation.code)
        curator.post(reverse("events:round_step", args=[curation.code, "umumkan"]))
        page = text(regency, "events:result", curation.code)
        assert "alasan" in page
        assert "Acara Landak" not in page
        assert Edition.objects.get(organisation__name="Landak").stage == Stage.CURATED
        assert "Gaps:" in page

    def test_minutes_are_kept(self, curator: Client, province: Organisation) -> None:
        curation = judged_round(province)
        address = reverse("events:minutes_keep", args=[curation.code])
        good = {"version": curation.version, "held_on": clock.today().isoformat(), "place": "P", "members": "A\nB"}
        for wrong in ({"members": "A"}, {"held_on": ""}, {"place": ""}, {"version": 999}, {"members": ""}):
            assert curator.post(address, {**good, **wrong}).status_code == 422
        assert curator.post(address, good).status_code == 302
        page = curator.get(reverse("events:minutes_pdf", args=[curation.code]), follow=True).content.decode()
        assert "letterhead" in page


class TestRegency:
    def test_sees_the_call_and_what_its_own_miss(self, regency: Client, province: Organisation) -> None:
        propose(agencies()[1], province)
        propose(agencies()[2], province)
        curation = open_round(province, call="Kirim usulan")
        page = text(regency, "events:round", curation.code)
        assert "Kirim usulan" in page
        assert "Acara Mempawah" in page
        assert "Acara Landak" not in page
        assert "Missing before it can be curated" in page
        assert "Change the call" not in page
        assert "Proposals until" in text(regency, "office:home")

    def test_a_stranger_finds_nothing(self, province: Organisation) -> None:
        curation = judging_round(province)
        stranger = signed_in(Role.ORGANISER, Organisation.objects.get(name="Landak"))
        proposal = curation.proposals.get(edition__organisation__name="Mempawah")
        assert stranger.get(reverse("events:proposal", args=[proposal.code])).status_code == 404
        assert stranger.post(reverse("events:proposal_withdraw", args=[proposal.code])).status_code == 404
        assert stranger.get(reverse("events:compare", args=[curation.code])).status_code == 404

    def test_withdraws_with_a_reason(self, regency: Client, province: Organisation) -> None:
        curation = judging_round(province)
        proposal = curation.proposals.get(edition__organisation__name="Mempawah")
        address = reverse("events:proposal_withdraw", args=[proposal.code])
        assert regency.post(address, decision(reason="")).status_code == 422
        assert regency.post(address, decision()).status_code == 302
        assert "was withdrawn" in text(regency, "events:proposal", proposal.code)
        assert regency.post(reverse("events:proposal", args=[proposal.code]), {}).status_code == 404

    def test_sees_no_points_before_the_result(self, regency: Client, province: Organisation) -> None:
        curation = judged_round(province)
        proposal = curation.proposals.get(edition__organisation__name="Mempawah")
        page = text(regency, "events:proposal", proposal.code)
        assert "sheets" not in page
        assert "There is no budget yet." in page


class TestJudge:
    def test_with_an_account_from_the_home_page_to_a_kept_sheet(self, province: Organisation) -> None:
        user = make_user(Role.GRADER, province)
        client = client_of(user)
        client.cookies["django_language"] = "en"
        curation = judging_round(province, judges=1, named=[{"user": user}])
        assert "2 proposals to judge" in text(client, "office:home")
        proposal = CurationProposal.objects.with_names().filter(round=curation)[0]
        assert str(proposal) in text(client, "events:round", curation.code)
        address = reverse("events:proposal", args=[proposal.code])
        assert "What the record says" in client.get(address).content.decode()
        for wrong in ({}, scores(proposal, 80) | {f"level-{key}": "x" for key in levels(proposal, 80)}):
            assert client.post(address, wrong).status_code == 422
        assert client.post(address, scores(proposal, 80, feedback="baik")).status_code == 302
        assert proposal.review.sheets.get().score == 8000
        assert "1 proposal to judge" in text(client, "office:home")
        assert "catatan" in client.get(address).content.decode()

    def test_without_an_account_by_the_private_address(self, client: Client, province: Organisation) -> None:
        client.cookies["django_language"] = "en"
        curation = judging_round(province)
        first, second = curation.judges.all()
        token = judging.hand_out_judging(judge=first, actor=SYSTEM)
        proposal = curation.proposals.with_names()[0]
        assert str(proposal) in client.get(reverse("events:judge_by_link", args=[token])).content.decode()
        address = reverse("events:sheet_by_link", args=[token, proposal.code])
        assert client.get(address).status_code == 200
        assert client.post(address, {"feedback": "x" * 4001}).status_code == 422
        assert client.post(address, scores(proposal, 60)).status_code == 302
        assert proposal.review.sheets.get().judge_name == str(first)
        newer = judging.hand_out_judging(judge=first, actor=SYSTEM)
        assert client.get(address).status_code == 404
        assert client.get(reverse("events:judge_by_link", args=[newer])).status_code == 200
        assert client.get(reverse("events:judge_by_link", args=["x"])).status_code == 404
        other = judging_round(province, year=2028, title="Lain")
        foreign = other.proposals.with_names()[0]
        assert client.get(reverse("events:sheet_by_link", args=[newer, foreign.code])).status_code == 404
        assert second.pk

    def test_one_sees_nothing_of_the_other(self, client: Client, province: Organisation) -> None:
        client.cookies["django_language"] = "en"
        curation = judging_round(province)
        first, second = curation.judges.all()
        proposal = curation.proposals.with_names()[0]
        mine = judging.hand_out_judging(judge=first, actor=SYSTEM)
        theirs = judging.hand_out_judging(judge=second, actor=SYSTEM)
        client.post(
            reverse("events:sheet_by_link", args=[mine, proposal.code]), scores(proposal, 60, feedback="rahasia")
        )
        page = client.get(reverse("events:sheet_by_link", args=[theirs, proposal.code])).content.decode()
        assert "rahasia" not in page
        assert "catatan" not in page


@pytest.mark.parametrize("name", ["events:compare", "events:result", "events:round"])
def test_more_proposals_ask_no_more_questions(curator: Client, province: Organisation, name: str) -> None:
    counts = []
    for year, more in ((2027, 0), (2028, 4)):
        for number in range(more):
            propose(agencies()[1], province, f"Lagi {number}", year=year)
        curation = judging_round(province, year=year, title=f"Kurasi {year}")
        curator.get(reverse(name, args=[curation.code]))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            curator.get(reverse(name, args=[curation.code]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", [Role.ORGANISER, Role.LEADER])
def test_the_call_asks_the_same_for_one_proposal_and_for_three(province: Organisation, who: Role) -> None:
    client, curation, counts = signed_in(who, province), open_round(province), []
    for names in (["Satu"], ["Dua", "Tiga"]):
        for name in names:
            propose(agencies()[1], province, name)
        client.get(reverse("events:round", args=[curation.code]))
        with CaptureQueriesContext(connection) as asked:
            assert names[-1] in client.get(reverse("events:round", args=[curation.code])).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]

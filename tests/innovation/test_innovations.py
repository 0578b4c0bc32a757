"""Innovations entered, changed, handed over, decided about at their gates, and shown to the public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.innovation.domain import gates
from enggang.innovation.domain import innovations as acts
from enggang.innovation.domain.reference import load_reference
from enggang.innovation.enums import Stage
from enggang.innovation.models import Affair, Innovation
from enggang.innovation.queries.innovations import public_innovations
from enggang.people.domain.accounts import ensure_user
from enggang.places.models import Organisation
from enggang.search.queries import find
from tests.innovation.factories import bring, decided, make_innovation
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def row(agency: Organisation) -> Innovation:
    return make_innovation(agency)


def owner_of(row: Innovation) -> User:
    assert row.owner is not None
    return ensure_user(person=row.owner, actor=SYSTEM)


def form(**more: Any) -> dict[str, Any]:
    return {"title": "Antrean", "problem": "Antre.", "idea": "Daring.", "initiator": "staff", **more}


# -- entered and changed -----------------------------------------------------------------------------------


def test_it_is_owned_from_the_first_day_and_every_owner_stays_on_record(row: Innovation, agency: Organisation) -> None:
    first, second = row.owner, make_person(agency)
    acts.hand_over(innovation=row, owner=second, reason="Mutasi", actor=SYSTEM)
    row.refresh_from_db()
    assert row.owner == second
    assert [(each.person, each.until) for each in row.ownerships.all()] == [(first, clock.today()), (second, None)]
    with pytest.raises(Conflict):
        acts.hand_over(innovation=row, owner=second, actor=SYSTEM)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"title": "…"}, Conflict), ({"title": ""}, Conflict), ({"problem": ""}, ValidationError), ({"idea": "x" * 2001}, ValidationError),
        ({"latitude": 1.0}, Conflict), ({"latitude": float("nan"), "longitude": 1.0}, Conflict),
        ({"latitude": 91.0, "longitude": 1.0}, ValidationError), ({"facet": "lain"}, ValidationError),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(agency: Organisation, facts: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        make_innovation(agency, **facts)
    assert not Innovation.objects.exists()


def test_two_tabs_that_save_meet(row: Innovation) -> None:
    acts.change_innovation(innovation=row, version=1, aims="Cepat.", actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.change_innovation(innovation=row, version=1, aims="Lambat.", actor=SYSTEM)
    assert Innovation.objects.get().aims == "Cepat."


def test_the_owner_writes_and_a_colleague_does_not(row: Innovation, agency: Organisation) -> None:
    acts.change_innovation(innovation=row, version=1, aims="Cepat.", actor=load_user(owner_of(row).pk))
    for actor in (
        load_user(make_user().pk),
        make_actor(Role.LEADER, agency),
        make_actor(Role.ORGANISER, make_agency("L")),
        ANONYMOUS,
    ):
        with pytest.raises(NotAllowed):
            acts.change_innovation(innovation=row, version=2, aims="Lain.", actor=actor)


# -- gates ---------------------------------------------------------------------------------------------------


def test_the_gates_are_passed_in_their_order_and_date_trial_and_adoption(row: Innovation) -> None:
    with pytest.raises(Conflict):
        gates.pass_gate(innovation=row, to=Stage.TRIAL, **decided())
    bring(row, Stage.ADOPTED)
    today = clock.today()
    assert (row.trial_on, row.trial_until, row.adopted_on) == (today, today, today)
    assert [step.now for step in reversed(row.steps.all())] == ["screening", "design", "trial", "adopted"]


def test_a_return_takes_back_what_the_gate_had_dated(row: Innovation) -> None:
    bring(row, Stage.ADOPTED)
    with pytest.raises(Conflict, match="alasan"):
        gates.return_innovation(innovation=row, **decided(reason=" "))
    gates.return_innovation(innovation=row, **decided(reason="Belum terbukti"))
    assert (row.stage, row.adopted_on, row.trial_until) == (Stage.TRIAL, None, None)
    assert row.trial_on is not None


def test_a_stop_needs_a_reason_and_can_be_taken_back(row: Innovation) -> None:
    bring(row, Stage.DESIGN)
    gates.stop_innovation(innovation=row, **decided(reason="Tidak ada anggaran"))
    with pytest.raises(Conflict):
        gates.stop_innovation(innovation=row, **decided(reason="Lagi"))
    gates.revive_innovation(innovation=row, **decided(reason="Anggaran ada"))
    assert row.stage == Stage.DESIGN
    with pytest.raises(Conflict):
        gates.revive_innovation(innovation=row, **decided(reason="Lagi"))


def test_the_first_gate_has_none_before_it(row: Innovation) -> None:
    with pytest.raises(Conflict):
        gates.return_innovation(innovation=row, **decided(reason="-"))


@pytest.mark.parametrize("days", [1, -1])
def test_a_decision_lies_neither_ahead_nor_before_the_stage(row: Innovation, days: int) -> None:
    with pytest.raises(Conflict):
        gates.pass_gate(innovation=row, to="screening", **decided(decided_on=clock.today() + timedelta(days=days)))


def test_nobody_decides_about_their_own(row: Innovation, agency: Organisation) -> None:
    head = owner_of(row)
    for actor in (
        make_actor(Role.LEADER, agency, head),
        make_actor(Role.COORDINATOR, agency),
        make_actor(Role.INSPECTOR, agency),
    ):
        with pytest.raises(NotAllowed):
            gates.pass_gate(innovation=row, to="screening", **decided(actor=actor))
    gates.pass_gate(innovation=row, to="screening", **decided(actor=make_actor(Role.LEADER, agency)))


def test_two_who_decide_at_once_meet(row: Innovation) -> None:
    first, second = (Innovation.objects.with_names().get(pk=row.pk) for _ in range(2))
    gates.pass_gate(innovation=first, to="screening", **decided())
    with pytest.raises(Conflict):
        gates.pass_gate(innovation=second, to="screening", **decided())
    assert row.steps.count() == 1


# -- who reads it ------------------------------------------------------------------------------------------------


def test_the_public_reads_what_is_in_use_and_shown_and_this_can_be_undone(row: Innovation) -> None:
    with pytest.raises(Conflict):
        acts.publish_innovation(innovation=row, actor=SYSTEM)
    bring(row, Stage.ADOPTED)
    with pytest.raises(Conflict, match="manfaat"):
        acts.publish_innovation(innovation=row, actor=SYSTEM)
    acts.change_innovation(innovation=row, version=row.version, benefits="Cepat.", results="12 menit.", actor=SYSTEM)
    assert find("antrean museum", ANONYMOUS) == []
    acts.publish_innovation(innovation=row, actor=SYSTEM)
    assert [each.pk for each in public_innovations()] == [row.pk]
    assert len(find("antrean museum", ANONYMOUS)) == 1
    with pytest.raises(Conflict):
        acts.publish_innovation(innovation=row, actor=SYSTEM)
    acts.unpublish_innovation(innovation=row, actor=SYSTEM)
    assert not public_innovations().exists()
    assert find("antrean museum", ANONYMOUS) == []


def test_what_is_stopped_leaves_the_public_too(row: Innovation) -> None:
    bring(row, Stage.ADOPTED)
    acts.change_innovation(innovation=row, version=row.version, benefits="Cepat.", results="12 menit.", actor=SYSTEM)
    acts.publish_innovation(innovation=row, actor=SYSTEM)
    gates.stop_innovation(innovation=row, **decided(reason="Aplikasi mati"))
    assert not public_innovations().exists()
    assert find("antrean museum", ANONYMOUS) == []


def test_a_coordinator_does_not_change_what_the_public_reads(row: Innovation, agency: Organisation) -> None:
    bring(row, Stage.ADOPTED)
    acts.change_innovation(innovation=row, version=row.version, benefits="Cepat.", results="12 menit.", actor=SYSTEM)
    acts.publish_innovation(innovation=row, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        acts.change_innovation(
            innovation=row, version=row.version, aims="-", actor=make_actor(Role.COORDINATOR, agency)
        )
    with pytest.raises(NotAllowed):
        acts.unpublish_innovation(innovation=row, actor=make_actor(Role.COORDINATOR, agency))


def test_whoever_is_signed_in_reads_it_and_only_the_agency_reads_its_decisions(row: Innovation) -> None:
    other = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    assert other.get(f"/inovasi/{row.code}/").status_code == 200
    for path in ("ubah/", "gerbang/"):
        assert other.get(f"/inovasi/{row.code}/{path}").status_code == 404
    assert Client().get(f"/inovasi/{row.code}/").status_code in {302, 404}


# -- screens ---------------------------------------------------------------------------------------------------


def test_an_organiser_enters_decides_and_stops_on_the_screens(agency: Organisation) -> None:
    client, person = client_of(make_user(Role.ORGANISER, agency)), make_person(agency, "Contoh Pemilik")
    wrong = client.post("/inovasi/baru/", form(organisation=agency.pk, title="Antrean", owner="Tidak Ada"))
    assert wrong.status_code == 422
    assert "Antrean" in wrong.content.decode()
    client.post("/inovasi/baru/", form(organisation=agency.pk, owner=person.name))
    row = Innovation.objects.get()
    late = {"decider": "Kepala", "decided_on": (clock.today() + timedelta(days=1)).isoformat(), "reason": ""}
    refused = client.post(f"/inovasi/{row.code}/gerbang/lulus/", {**late, "to": "screening"})
    assert refused.status_code == 422
    assert "ini belum tiba" in refused.content.decode()
    facts = {**late, "decided_on": clock.today().isoformat()}
    client.post(f"/inovasi/{row.code}/gerbang/lulus/", {**facts, "to": "screening"})
    assert client.post(f"/inovasi/{row.code}/gerbang/henti/", facts).status_code == 422
    client.post(f"/inovasi/{row.code}/gerbang/henti/", {**facts, "reason": "Cukup"})
    row.refresh_from_db()
    assert row.stage == Stage.STOPPED
    assert client.get(f"/inovasi/{row.code}/gerbang/lainnya/").status_code in {404, 405}


def test_the_list_asks_as_often_for_three_as_for_one(agency: Organisation) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    counts = []
    for number in range(3):
        make_innovation(agency, f"Inovasi {number}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/inovasi/").status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_the_affairs_are_loaded_once(db: None) -> None:
    made = load_reference(actor=SYSTEM)
    assert made["affairs"] == Affair.objects.count() > 30
    assert Affair.objects.filter(group="basic").count() == 6
    assert load_reference(actor=SYSTEM)["affairs"] == 0

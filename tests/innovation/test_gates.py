"""Checklists, criteria of the law, deciders and deadlines of the gates; blind scores."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.innovation.domain import checklist, gates, scoring
from enggang.innovation.domain.reference import keep_reference, load_reference
from enggang.innovation.enums import Stage
from enggang.innovation.models import GateItem, GateRule, Innovation
from enggang.innovation.queries.gates import gate_of, review_of
from enggang.innovation.queries.scoring import scores_of
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.places.models import Organisation
from tests.innovation.factories import decided, make_innovation
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    load_reference(actor=SYSTEM)
    return make_agency()


@pytest.fixture
def row(agency: Organisation) -> Innovation:
    """At its screening, with the five criteria before it."""
    made = make_innovation(agency)
    gates.pass_gate(innovation=made, to=Stage.SCREENING, **decided())
    return made


def criteria(row: Innovation) -> list[GateItem]:
    return [each.item for each in gate_of(row).rows if each.item.binding]


def meet(row: Innovation, *items: GateItem) -> None:
    for item in items or criteria(row):
        checklist.check_item(innovation=row, item=item, note="Dilihat", actor=SYSTEM)


# -- the checklist -------------------------------------------------------------------------------------------


def test_the_first_gate_holds_the_five_criteria_of_the_law_and_no_reason_replaces_one(row: Innovation) -> None:
    assert len(criteria(row)) == 5
    meet(row, *criteria(row)[:4])
    with pytest.raises(Conflict, match="direplikasi"):
        gates.pass_gate(innovation=row, to=Stage.DESIGN, **decided(reason="Mendesak"))
    meet(row)
    gates.pass_gate(innovation=row, to=Stage.DESIGN, **decided())
    assert row.stage == Stage.DESIGN


def test_a_criterion_found_not_met_holds_the_gate_and_can_be_taken_back(row: Innovation) -> None:
    meet(row)
    last = criteria(row)[-1]
    checklist.check_item(innovation=row, item=last, met=False, note="Tergantung satu orang", actor=SYSTEM)
    with pytest.raises(Conflict):
        gates.pass_gate(innovation=row, to=Stage.DESIGN, **decided())
    checklist.uncheck_item(innovation=row, item=last, actor=SYSTEM)
    with pytest.raises(Conflict):
        checklist.uncheck_item(innovation=row, item=last, actor=SYSTEM)


def test_a_criterion_needs_words_and_what_the_record_proves_is_not_ticked(row: Innovation) -> None:
    with pytest.raises(Conflict):
        checklist.check_item(innovation=row, item=criteria(row)[0], note=" ", actor=SYSTEM)
    with pytest.raises(Conflict):
        checklist.check_item(innovation=row, item=GateItem.objects.get(key="design-6"), note="x", actor=SYSTEM)


def test_what_is_required_but_not_met_passes_only_with_a_reason_that_is_kept(row: Innovation) -> None:
    meet(row)
    with pytest.raises(Conflict, match="Dua nilai"):
        gates.pass_gate(innovation=row, to=Stage.DESIGN, **decided(reason=""))
    gates.pass_gate(innovation=row, to=Stage.DESIGN, **decided(reason="Penilai cuti"))
    step = row.steps.first()
    assert step is not None
    assert (step.missing, step.reason) == (1, "Penilai cuti")


def test_the_owner_judges_no_criterion_of_their_own(row: Innovation, agency: Organisation) -> None:
    assert row.owner is not None
    owner = make_actor(Role.ORGANISER, agency, ensure_user(person=row.owner, actor=SYSTEM))
    with pytest.raises(NotAllowed):
        checklist.check_item(innovation=row, item=criteria(row)[0], note="Baik", actor=owner)
    checklist.check_item(innovation=row, item=criteria(row)[0], note="Baik", actor=make_actor(Role.COORDINATOR, agency))


# -- deciders and days -----------------------------------------------------------------------------------------


def test_each_gate_is_decided_by_whom_its_row_names(row: Innovation, agency: Organisation) -> None:
    meet(row)
    with pytest.raises(NotAllowed, match="pimpinan"):
        gates.pass_gate(innovation=row, to=Stage.DESIGN, **decided(actor=make_actor(Role.ORGANISER, agency)))
    gates.pass_gate(innovation=row, to=Stage.DESIGN, **decided(actor=make_actor(Role.LEADER, agency)))


def test_a_gate_has_a_day_and_a_late_decision_says_so(row: Innovation) -> None:
    assert row.due_on == clock.today() + timedelta(days=30)
    Innovation.objects.filter(pk=row.pk).update(due_on=clock.today() - timedelta(days=1))
    row.refresh_from_db()
    assert list(Innovation.objects.overdue(clock.today())) == [row]
    meet(row)
    gates.pass_gate(innovation=row, to=Stage.DESIGN, **decided())
    step = row.steps.first()
    assert step is not None
    assert step.was_late
    assert row.due_on == clock.today() + timedelta(days=60)


def test_an_agencys_own_row_goes_before_the_shipped_one(agency: Organisation) -> None:
    own = GateRule(stage="screening", decider="leader", days=3, valid_from=clock.today(), source="SK Kepala Dinas")
    keep_reference(row=own, organisation=agency, actor=SYSTEM)
    row = make_innovation(agency)
    assert row.due_on == clock.today() + timedelta(days=3)
    assert make_innovation(make_agency("Lain")).due_on == clock.today() + timedelta(days=14)


def test_the_owner_is_told_of_a_decision(agency: Organisation) -> None:
    row = make_innovation(agency)
    assert row.owner is not None
    user = ensure_user(person=row.owner, actor=SYSTEM)
    gates.stop_innovation(innovation=row, **decided(reason="Sudah ada"))
    assert "Sudah ada" in Notice.objects.get(user_id=user.pk, channel="inbox").text


# -- blind scores -----------------------------------------------------------------------------------------------


def scorers(row: Innovation, count: int = 2) -> list[User]:
    users = [make_user(Role.ASSESSOR, row.organisation, f"Penilai {number}") for number in range(count)]
    for user in users:
        scoring.ask_scorer(innovation=row, user=user, actor=SYSTEM)
    return users


def give(row: Innovation, user: User, points: int) -> None:
    review = review_of(row)
    assert review is not None
    levels = {each.pk: each.levels.get(points=points).pk for each in review.rubric.criteria.all()}
    scoring.score_innovation(innovation=row, levels=levels, actor=load_user(user.pk))


def test_two_score_blindly_and_their_mean_counts(row: Innovation) -> None:
    first, second = scorers(row)
    give(row, first, 80)
    assert scores_of(row).sheets == []
    give(row, second, 60)
    found = scores_of(row)
    assert found.review is not None
    assert (found.review.points, len(found.sheets)) == (70.0, 2)
    assert gate_of(row).rows[-1].is_done
    with pytest.raises(Conflict):
        give(row, first, 100)
    scoring.score_again(innovation=row, actor=SYSTEM)
    give(row, first, 60)


def test_scores_far_apart_are_an_alert_until_a_third_comes(row: Innovation) -> None:
    users = scorers(row, 3)
    give(row, users[0], 100)
    give(row, users[1], 40)
    found = scores_of(row)
    assert found.review is not None
    assert found.review.is_disputed
    assert found.is_wide
    assert not gate_of(row).rows[-1].is_done
    give(row, users[2], 60)
    found = scores_of(row)
    assert found.review is not None
    assert found.review.points == 60.0


def test_neither_owner_nor_stranger_nor_a_fourth_is_asked(row: Innovation, agency: Organisation) -> None:
    assert row.owner is not None
    owner = ensure_user(person=row.owner, actor=SYSTEM)
    stranger = make_user(Role.ASSESSOR, make_agency("Lain"))
    for user in (owner, stranger):
        with pytest.raises(Conflict):
            scoring.ask_scorer(innovation=row, user=user, actor=SYSTEM)
    asked = scorers(row, 3)
    with pytest.raises(Conflict):
        scoring.ask_scorer(innovation=row, user=make_user(Role.ASSESSOR, agency), actor=SYSTEM)
    with pytest.raises(NotAllowed):
        give(row, stranger, 80)
    give(row, asked[0], 80)
    with pytest.raises(Conflict):
        scoring.release_scorer(scorer=row.scorers.get(user=asked[0]), actor=SYSTEM)
    scoring.release_scorer(scorer=row.scorers.get(user=asked[1]), actor=SYSTEM)


def test_a_half_filled_sheet_is_refused_and_shown_again(row: Innovation) -> None:
    user = scorers(row, 1)[0]
    client = client_of(user)
    page = client.get(f"/inovasi/{row.code}/nilai/")
    assert "Kebaruan" in page.content.decode()
    assert client.post(f"/inovasi/{row.code}/nilai/", {"feedback": "Bagus sekali"}).status_code == 422
    review = review_of(row)
    assert review is not None
    filled = {f"level-{each.pk}": each.levels.get(points=80).pk for each in review.rubric.criteria.all()}
    assert client.post(f"/inovasi/{row.code}/nilai/", filled).status_code == 302
    assert review.sheets.get().points == 80
    assert client_of(make_user(Role.ASSESSOR, row.organisation)).get(f"/inovasi/{row.code}/nilai/").status_code == 404


# -- screens ----------------------------------------------------------------------------------------------------


def test_the_page_shows_each_criterion_with_its_source_and_takes_findings(
    row: Innovation, agency: Organisation
) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    text = client.get(f"/inovasi/{row.code}/gerbang/").content.decode()
    assert "PP 38/2017" in text
    item = criteria(row)[0]
    client.post(f"/inovasi/{row.code}/gerbang/butir/{item.pk}/", {"note": "Belum pernah ada di sini"})
    assert row.checks.get().met
    client.post(f"/inovasi/{row.code}/gerbang/butir/{item.pk}/", {"note": "Ternyata ada", "tidak": "1"})
    assert not row.checks.get().met
    client.post(f"/inovasi/{row.code}/gerbang/butir/{item.pk}/", {"kosongkan": "1"})
    assert not row.checks.exists()
    file = client.post(f"/inovasi/{row.code}/gerbang/", {"list": "gate", "form": "csv"})
    assert "PP 38/2017" in file.content.decode("utf-8-sig")


def test_a_stranger_finds_nothing_here(row: Innovation) -> None:
    client = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    item = criteria(row)[0]
    for path in (f"gerbang/butir/{item.pk}/", "gerbang/lulus/", "penilai/"):
        assert client.post(f"/inovasi/{row.code}/{path}", {"note": "x"}).status_code == 404


# -- another deadline ----------------------------------------------------------------------------------------


def test_a_deadline_is_moved_with_a_reason_and_the_day_before_it_stays_on_record(
    row: Innovation, agency: Organisation
) -> None:
    before, later = row.due_on, clock.today() + timedelta(days=200)
    client = client_of(make_user(Role.LEADER, agency))
    address = f"/inovasi/{row.code}/gerbang/tenggat/"
    form = {"due_on": later.isoformat(), "decider": "Kepala Dinas", "reason": ""}
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert later.isoformat() in refused.content.decode()  # nothing typed is lost
    Innovation.objects.filter(pk=row.pk).update(reminded_on=clock.today())
    client.post(address, {**form, "reason": "Menunggu anggaran perubahan"})
    row.refresh_from_db()
    assert (row.due_on, row.reminded_on, row.stage) == (later, None, Stage.SCREENING)
    step = row.steps.first()
    assert step is not None
    assert (step.moved_deadline, step.due_on, step.was_late) == (True, before, False)
    page = client.get(f"/inovasi/{row.code}/gerbang/").content.decode()
    assert "Menunggu anggaran perubahan" in page


@pytest.mark.parametrize("days", [0, -3])
def test_no_deadline_moves_into_the_past_nor_onto_itself(row: Innovation, days: int) -> None:
    facts: dict[str, Any] = {"decider": "Kepala", "reason": "Uji", "actor": SYSTEM}
    with pytest.raises(Conflict):
        gates.move_deadline(innovation=row, due_on=clock.today() + timedelta(days=days), **facts)
    assert row.due_on is not None
    with pytest.raises(Conflict):
        gates.move_deadline(innovation=row, due_on=row.due_on, **facts)


def test_neither_the_owner_nor_what_is_in_use_moves_a_deadline(row: Innovation, agency: Organisation) -> None:
    later = clock.today() + timedelta(days=200)
    owner = make_user(Role.LEADER, agency)
    ensure = row.owner
    assert ensure is not None
    type(ensure).objects.filter(pk=ensure.pk).update(user=owner)
    row.refresh_from_db()
    with pytest.raises(NotAllowed):
        gates.move_deadline(innovation=row, due_on=later, decider="x", reason="Uji", actor=load_user(owner.pk))
    Innovation.objects.filter(pk=row.pk).update(stage=Stage.ADOPTED)
    row.refresh_from_db()
    with pytest.raises(Conflict):
        gates.move_deadline(innovation=row, due_on=later, decider="x", reason="Uji", actor=SYSTEM)

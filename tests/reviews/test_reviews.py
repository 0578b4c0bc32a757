"""The engine of judgement: rubrics with editions, one grader, two blind ones, a panel."""

from __future__ import annotations

from datetime import date

import pytest

from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict
from enggang.places.models import Organisation
from enggang.reviews.domain.reviews import keep_minutes, open_review, reopen_review, submit_sheet
from enggang.reviews.domain.rubrics import CriterionSpec, keep_rubric
from enggang.reviews.enums import Mode, ReviewState
from enggang.reviews.models import Review, Rubric
from enggang.reviews.queries.sheets import sheets_for
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db
LEVELS = (("Kurang", 0), ("Cukup", 60), ("Baik", 100))


def rubric(spread_alert: int = 20) -> Rubric:
    criteria = [CriterionSpec("Komposisi", LEVELS, 2), CriterionSpec("Cahaya", LEVELS)]
    return keep_rubric(
        organisation=organisation(), title="Foto", criteria=criteria, actor=SYSTEM, spread_alert=spread_alert
    )


def review(mode: Mode = Mode.SINGLE, spread_alert: int = 20) -> Review:
    made = rubric(spread_alert)
    subject = Organisation.new_subject()
    return open_review(rubric=made, subject=subject, organisation=made.organisation, mode=mode, actor=SYSTEM)


def judge(name: str) -> Actor:
    return Actor(ActorKind.USER, f"user:{name}", name)


def levels(row: Review, *points: int) -> dict[int, int]:
    found = {}
    for criterion, wanted in zip(row.rubric.criteria.all(), points, strict=True):
        found[criterion.pk] = criterion.levels.get(points=wanted).pk
    return found


def grade(row: Review, who: str, *points: int) -> Review:
    return submit_sheet(review=row, levels=levels(row, *points), feedback=f"kata {who}", actor=judge(who))


def test_one_grader_decides_by_weighted_points() -> None:
    done = grade(review(), "ani", 100, 60)
    assert (done.state, done.score, done.points) == (ReviewState.DECIDED, 8667, 86.67)
    with pytest.raises(Conflict):
        grade(done, "budi", 0, 0)


@pytest.mark.parametrize("given", [{}, {1: 10**9}])
def test_a_criterion_without_a_level_of_its_own_is_refused(given: dict[int, int]) -> None:
    row = review()
    with pytest.raises(Conflict):
        submit_sheet(review=row, levels=given, actor=judge("ani"))
    foreign = review()
    with pytest.raises(Conflict):
        submit_sheet(review=row, levels=levels(foreign, 60, 60), actor=judge("ani"))
    assert not row.sheets.exists()


def test_blind_graders_see_nothing_of_each_other_until_both_are_in() -> None:
    row = review(Mode.BLIND)
    grade(row, "ani", 60, 60)
    assert sheets_for(row, judge("budi")) == []
    assert sheets_for(row, SYSTEM) == []
    assert [sheet.judge_name for sheet in sheets_for(row, judge("ani"))] == ["ani"]
    done = grade(row, "budi", 60, 100)
    assert (done.state, done.score, done.spread) == (ReviewState.DECIDED, 6667, 1333)
    assert len(sheets_for(done, judge("budi"))) == 2


def test_one_person_is_not_two_graders() -> None:
    row = review(Mode.BLIND)
    grade(row, "ani", 60, 60)
    again = grade(row, "ani", 100, 100)
    assert (again.state, again.sheets.get().score) == (ReviewState.OPEN, 10000)


def test_far_apart_is_told_and_settled_by_agreement() -> None:
    row = review(Mode.BLIND)
    grade(row, "ani", 0, 0)
    torn = grade(row, "budi", 100, 100)
    assert (torn.state, torn.spread, torn.score) == (ReviewState.DISPUTED, 10000, None)
    assert grade(torn, "ani", 60, 0).state == ReviewState.DISPUTED
    done = grade(torn, "ani", 100, 60)
    assert (done.state, done.score) == (ReviewState.DECIDED, 9334)


def test_far_apart_is_settled_by_a_third_whose_middle_counts_and_no_fourth() -> None:
    row = review(Mode.BLIND, spread_alert=10)
    grade(row, "ani", 0, 0)
    grade(row, "budi", 100, 100)
    done = grade(row, "citra", 60, 60)
    assert (done.state, done.score) == (ReviewState.DECIDED, 6000)
    reopen_review(review=done, actor=SYSTEM)
    with pytest.raises(Conflict):
        grade(done, "dedi", 60, 60)


def test_no_third_before_there_is_a_dispute() -> None:
    row = review(Mode.BLIND)
    grade(row, "ani", 60, 60)
    grade(row, "budi", 60, 60)
    with pytest.raises(Conflict):
        grade(row, "citra", 0, 0)


def test_a_used_rubric_is_frozen_and_a_change_makes_an_edition() -> None:
    made = rubric()
    same = keep_rubric(
        organisation=made.organisation, title="Foto 2", criteria=[CriterionSpec("A", LEVELS)], actor=SYSTEM, rubric=made
    )
    assert (same.pk, same.criteria.count()) == (made.pk, 1)
    open_review(
        rubric=same, subject=Organisation.new_subject(), organisation=made.organisation, mode=Mode.SINGLE, actor=SYSTEM
    )
    newer = keep_rubric(
        organisation=made.organisation, title="Foto 3", criteria=[CriterionSpec("B", LEVELS)], actor=SYSTEM, rubric=same
    )
    made.refresh_from_db()
    assert (newer.pk != made.pk, newer.edition, made.title) == (True, 2, "Foto 2")
    assert list(Rubric.objects.current()) == [newer]
    with pytest.raises(Conflict):
        keep_rubric(
            organisation=made.organisation, title="x", criteria=[CriterionSpec("B", LEVELS)], actor=SYSTEM, rubric=made
        )


@pytest.mark.parametrize("criteria", [[], [CriterionSpec("A", (("Baik", 100),))]])
def test_a_rubric_without_choice_is_none(criteria: list[CriterionSpec]) -> None:
    with pytest.raises(Conflict):
        keep_rubric(organisation=organisation(), title="x", criteria=criteria, actor=SYSTEM)


def test_a_panel_keeps_minutes_of_at_least_two() -> None:
    row = review(Mode.PANEL)
    assert grade(row, "ani", 60, 60).state == ReviewState.DECIDED
    with pytest.raises(Conflict):
        keep_minutes(review=row, held_on=date(2026, 11, 24), place="Aula", members="Ani", actor=SYSTEM)
    minutes = keep_minutes(review=row, held_on=date(2026, 11, 24), place="Aula", members="Ani\n\n Budi ", actor=SYSTEM)
    assert minutes.names == ["Ani", "Budi"]
    with pytest.raises(Conflict):
        keep_minutes(review=review(), held_on=date(2026, 11, 24), place="Aula", members="A\nB", actor=SYSTEM)

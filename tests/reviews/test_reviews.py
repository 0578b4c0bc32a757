"""The engine of judgement: rubrics with editions, one grader, two blind ones, a panel."""

from __future__ import annotations

from datetime import date

import pytest

from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict
from enggang.places.models import Organisation
from enggang.reviews.domain.reviews import (
    await_sheets,
    close_review,
    keep_minutes,
    open_review,
    reopen_review,
    submit_sheet,
)
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


def awaiting(wanted: int) -> Review:
    made = rubric()
    return open_review(
        rubric=made, subject=Organisation.new_subject(), organisation=made.organisation, mode=Mode.BLIND, wanted=wanted,
        actor=SYSTEM,
    )  # fmt: skip


class TestAsManySheetsAsAreAwaited:
    def test_four_blind_ones_decide_by_their_mean(self) -> None:
        row = awaiting(4)
        for name in ("ani", "budi", "citra"):
            row = grade(row, name, 60, 60)
        assert (row.state, sheets_for(row, judge("dodi"))) == (ReviewState.OPEN, [])
        row = grade(row, "dodi", 60, 100)
        assert (row.state, row.score, row.spread) == (ReviewState.DECIDED, 6333, 1333)
        with pytest.raises(Conflict):
            grade(row, "eka", 60, 60)

    def test_far_apart_it_waits_for_one_to_move_and_takes_no_more(self) -> None:
        row = grade(grade(awaiting(2), "ani", 0, 0), "budi", 100, 100)
        assert row.state == ReviewState.DISPUTED
        with pytest.raises(Conflict, match="Enough|cukup"):
            grade(row, "citra", 60, 60)
        assert grade(row, "ani", 100, 100).state == ReviewState.DECIDED

    def test_closed_with_what_is_there(self) -> None:
        with pytest.raises(Conflict):
            close_review(review=awaiting(3), actor=SYSTEM)
        row = close_review(review=grade(awaiting(3), "ani", 60, 60), actor=SYSTEM)
        assert (row.state, row.score, row.spread) == (ReviewState.DECIDED, 6000, 0)

    def test_one_more_opens_it_and_one_less_settles_it(self) -> None:
        row = grade(awaiting(1), "ani", 60, 60)
        row = await_sheets(review=row, wanted=2, actor=SYSTEM)
        assert (row.state, row.score) == (ReviewState.OPEN, None)
        assert await_sheets(review=row, wanted=1, actor=SYSTEM).score == 6000
        assert await_sheets(review=awaiting(2), wanted=0, actor=SYSTEM).state == ReviewState.OPEN

    def test_a_sheet_is_kept_under_the_name_that_is_said_with_its_notes(self) -> None:
        row = awaiting(1)
        given = levels(row, 60, 100)
        notes = dict.fromkeys(given, f" {'x' * 2000}")
        submit_sheet(review=row, levels=given, notes=notes, judge=("judge:1", "Juri"), actor=SYSTEM)
        sheet = row.sheets.get()
        assert (sheet.judge_key, sheet.judge_name) == ("judge:1", "Juri")
        assert [len(mark.note) for mark in sheet.marks.all()] == [1000, 1000]
        assert sheets_for(row, judge("ani"), key="judge:1") == [sheet]

"""Reckoning by the guide: figures worked out by hand from the formula, and what must hold for any number."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enggang.innovation.domain.reference import DATA
from enggang.innovation.scoring import (
    Effort,
    Formula,
    Line,
    distance,
    estimate,
    next_steps,
    predicate,
    score_of,
    what_if,
    words_in,
)

G26 = Formula(12, Decimal("0.38"), 200, 5, Decimal(63), Decimal(111), Decimal(76))
STEPS = [(Decimal("65.01"), "Sangat Inovatif"), (Decimal("40.01"), "Inovatif"), (Decimal("0.01"), "Kurang Inovatif")]


def shipped() -> list[Line]:
    with (DATA / "guide_indicators.csv").open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["scope"] == "innovation" and row["year"] == "2026"]
    return [Line(row["code"], int(row["weight"]), is_mandatory=row["is_mandatory"] == "yes") for row in rows]


def test_the_guide_of_2026_has_the_totals_that_its_source_names() -> None:
    lines = shipped()
    assert [line.code for line in lines] == [str(number) for number in range(16, 36)]
    assert score_of(lines).most == 111
    assert score_of(lines).missing == ("16", "17", "32", "33", "35")
    assert what_if(lines, {"16": 3, "17": 3, "32": 3, "33": 3, "35": 3}).points == 42
    assert what_if(lines, {"35": 3, "16": 3, "31": 3, "33": 3}).points == 39
    fed = ("17", "20", "22", "23", "24", "25", "26", "27", "28", "29", "32", "33", "34")
    assert what_if(lines, dict.fromkeys(fed, 3)).points == 57


def test_a_parameter_without_evidence_brings_nothing() -> None:
    lines = [Line("16", 3, 2, has_evidence=True), Line("35", 4, 3, has_evidence=False, is_mandatory=True)]
    found = score_of(lines)
    assert (found.points, found.claimed, found.most, found.missing) == (6, 18, 21, ("35",))


def test_evidence_without_a_parameter_brings_nothing_either() -> None:
    assert score_of([Line("16", 3, 0, has_evidence=True, is_mandatory=True)]).missing == ("16",)


def test_three_complete_videos_bring_thirty_six() -> None:
    """Of three innovations: weight 4 × parameter 3 each."""
    gains = [what_if(shipped(), {"35": 3}).points - score_of(shipped()).points for _n in range(3)]
    assert sum(gains) == 36


def test_what_if_takes_points_away_too_and_knows_no_other_indicator() -> None:
    lines = [Line("16", 3, 2, has_evidence=True)]
    assert what_if(lines, {"16": 0}).points == 0
    assert what_if(lines, {"99": 3}).points == 6


def test_the_nearest_evidence_comes_first_and_then_the_most_points() -> None:
    lines = [
        Line("a", 4, effort=Effort.FAR), Line("b", 1, effort=Effort.READY), Line("c", 2, effort=Effort.READY),
        Line("d", 1, 3, has_evidence=True, effort=Effort.READY), Line("e", None, effort=Effort.READY),
    ]  # fmt: skip
    assert [(step.code, step.gain) for step in next_steps(lines)] == [("c", 2), ("b", 1), ("a", 4)]


def test_a_chosen_parameter_that_only_lacks_evidence_gains_all_of_it() -> None:
    (step,) = next_steps([Line("35", 4, 3, has_evidence=False)])
    assert (step.parameter, step.gain) == (3, 12)


@given(st.lists(st.builds(Line, st.text(max_size=3), st.integers(0, 9), st.integers(0, 3), st.booleans()), max_size=9))
def test_no_step_promises_more_than_the_guide_allows(lines: list[Line]) -> None:
    found = score_of(lines)
    assert 0 <= found.points <= found.claimed <= found.most
    assert all(0 < step.gain <= found.most for step in next_steps(lines))


def test_the_index_by_hand() -> None:
    """40 innovations of 70 points, region 50 of 63, 5 basic services: (50 + 70 + 15.2) / 250 = 54.08."""
    found = estimate(G26, Decimal(50), [70] * 40, 5)
    assert (found.divided_by, found.own, found.counted, found.count) == (40, Decimal(70), 40, Decimal("15.20"))
    assert found.index == Decimal("54.08")


def test_few_innovations_are_divided_by_the_least_number() -> None:
    found = estimate(G26, Decimal(0), [60, 60], 6)
    assert (found.divided_by, found.own) == (12, Decimal(10))
    assert found.index == Decimal("4.30")  # (0 + 10 + 0.76) / 250


def test_the_number_counts_nothing_without_enough_basic_services() -> None:
    found = estimate(G26, Decimal(0), [100] * 12, 4)
    assert (found.counted, found.count, found.index) == (0, Decimal(0), Decimal("40.00"))


def test_no_more_than_the_cap_are_counted() -> None:
    assert estimate(G26, Decimal(0), [0] * 300, 6).count == Decimal("76.00")


def test_no_innovation_at_all_is_no_division_by_zero() -> None:
    assert estimate(G26, Decimal(0), [], 0).index == Decimal("0.00")


@pytest.mark.parametrize(
    "formula",
    [
        Formula(),
        Formula(divisor=10),
        Formula(12, Decimal("0.38"), 200, 5),
        Formula(12, None, None, 5, *[Decimal(1)] * 3),
    ],
)
def test_an_incomplete_guide_gives_no_index_instead_of_a_wrong_one(formula: Formula) -> None:
    assert estimate(formula, Decimal(50), [70] * 40, 6).index is None


@given(st.lists(st.integers(0, 111), min_size=12, max_size=150), st.integers(0, 111))
def test_one_more_raises_the_index_exactly_when_its_score_beats_the_average_less_the_bonus(
    scores: list[int], more: int
) -> None:
    """The domain file's rule: score > average - 0.38 (n + 1), for n at least the divisor."""
    n, average = len(scores), Decimal(sum(scores)) / len(scores)
    before = (sum(scores) / Decimal(n)) + n * Decimal("0.38")
    after = Decimal(sum(scores) + more) / (n + 1) + (n + 1) * Decimal("0.38")
    found_before, found_after = estimate(G26, Decimal(0), scores, 6), estimate(G26, Decimal(0), [*scores, more], 6)
    assert found_before.own is not None
    assert found_before.count is not None
    assert found_after.own is not None
    assert abs(found_before.own + found_before.count - before) < Decimal("1e-9")
    margin = Decimal(more) - (average - Decimal("0.38") * (n + 1))
    if abs(margin) > Decimal("1e-6"):
        assert (after > before) == (margin > 0)


def test_thresholds() -> None:
    assert predicate(STEPS, Decimal("65.01")) == "Sangat Inovatif"
    assert predicate(STEPS, Decimal("65.00")) == "Inovatif"
    assert predicate(STEPS, Decimal("40.00")) == "Kurang Inovatif"
    assert predicate(STEPS, Decimal(0)) == ""
    assert predicate(STEPS, None) == ""
    assert distance(STEPS, Decimal("61.00")) == (Decimal("4.01"), "Sangat Inovatif")
    assert distance(STEPS, Decimal(99)) is None
    assert distance(STEPS, None) is None
    assert distance([], Decimal(1)) is None


def test_words() -> None:
    assert words_in("  satu\n dua\tmata-mata  ") == 3
    assert words_in("") == 0

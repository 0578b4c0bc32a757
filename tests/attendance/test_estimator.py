"""Estimates of people: the formulas by hand, what bears no range, and whether a range covers the truth as often as it says."""

from __future__ import annotations

import math
import random

import pytest

from enggang.attendance.enums import NoRange
from enggang.attendance.quantiles import t95
from enggang.attendance.queries.estimator import (
    Estimate,
    added,
    crowd,
    full_count,
    persons,
    rounded,
    sampled_total,
)


def test_quantiles() -> None:
    assert t95(1) == 12.706
    assert t95(0) == 12.706
    assert t95(10) == 2.228
    assert t95(math.inf) == pytest.approx(1.96)
    assert 2.021 < t95(35) < 2.042


class TestFullCount:
    def test_two_counters_give_their_mean_and_how_far_they_lie_apart(self) -> None:
        found = full_count({"a": {0: 10, 1: 12, 15: 8}, "b": {0: 12, 1: 10, 15: 10}})
        assert found.value == 31
        # cells (22, 22) and (8, 10): f = (0 + 2 / 9) / 2, variance = f * (22 + 9) / 2; the totals lie 2 apart
        chance = math.sqrt(2 / 9 / 2 * 31 / 2)
        assert found.error == pytest.approx(chance)
        assert found.freedom == 2

    def test_who_misses_people_all_day_widens_the_range_to_both_totals(self) -> None:
        found = full_count({"a": dict.fromkeys(range(120), 10.0), "b": dict.fromkeys(range(120), 8.0)})
        assert found.value == 1080
        assert found.low is not None
        assert found.high is not None
        assert found.low <= 960.001
        assert found.high >= 1199.999

    def test_one_counter_bears_no_range(self) -> None:
        found = full_count({"a": {0: 10, 1: 5}})
        assert (found.value, found.low, found.why) == (15, None, NoRange.SINGLE)

    def test_relief_without_overlap_bears_none_either(self) -> None:
        found = full_count({"a": {0: 10}, "b": {60: 5}})
        assert (found.value, found.why) == (15, NoRange.SINGLE)

    @pytest.mark.parametrize("counters", [{}, {"a": {}}])
    def test_nothing(self, counters: dict[str, dict[int, float]]) -> None:
        assert full_count(counters).why is NoRange.NOTHING

    def test_two_who_see_nobody(self) -> None:
        found = full_count({"a": {0: 0}, "b": {0: 0}})
        assert (found.value, found.why) == (0, NoRange.SINGLE)


class TestSampled:
    def test_the_formula(self) -> None:
        found = sampled_total([10, 14, 12], 18)
        assert found.value == 18 * 12
        variance = (16 + 4) / 4
        assert found.error == pytest.approx(18 * math.sqrt((1 - 3 / 18) * variance / 3))
        assert found.freedom == pytest.approx(8 / 5)

    def test_all_intervals_counted_leave_no_doubt(self) -> None:
        found = sampled_total([10, 14, 12], 3)
        assert (found.value, found.low, found.high) == (36, 36, 36)

    def test_no_range_begins_below_what_was_seen(self) -> None:
        found = sampled_total([100, 0], 4)
        assert found.low == 100

    def test_one_interval_bears_no_range(self) -> None:
        found = sampled_total([7], 10)
        assert (found.value, found.high, found.why) == (70, None, NoRange.FEW)

    def test_nothing_and_fewer_units_than_intervals(self) -> None:
        assert sampled_total([], 10).why is NoRange.NOTHING
        assert sampled_total([5, 5], 1).value == 10


class TestCrowd:
    def test_the_formula(self) -> None:
        found = crowd([8, 12, 10], square_m2=4, area_m2=400)
        assert found.value == 1000
        assert found.error == pytest.approx(100 * math.sqrt((1 - 3 / 100) * 4 / 3))

    def test_one_square_and_none(self) -> None:
        assert crowd([8], square_m2=4, area_m2=400).why is NoRange.FEW
        assert crowd([], square_m2=4, area_m2=400).why is NoRange.NOTHING


class TestTogether:
    def test_variances_add(self) -> None:
        found = added([Estimate(100, 3, 10), Estimate(200, 4, 10)])
        assert (found.value, found.error) == (300, 5)
        assert found.freedom == pytest.approx(625 / ((81 + 256) / 10))

    def test_a_part_without_a_range_takes_it_from_the_sum(self) -> None:
        found = added([Estimate(100, 3, 10), Estimate(50, why=NoRange.SINGLE)])
        assert (found.value, found.error, found.why) == (150, None, NoRange.PART)
        assert added([Estimate(50, why=NoRange.SINGLE)]).why is NoRange.SINGLE

    def test_what_counted_nothing_takes_nothing_from_it(self) -> None:
        found = added([Estimate(100, 3, 10), Estimate(0, why=NoRange.NOTHING)])
        assert (found.value, found.error) == (100, 3)
        assert added([]).why is NoRange.NOTHING

    def test_entries_become_persons_and_both_errors_go_with_them(self) -> None:
        found = persons(Estimate(1200, 60, 20), times=1.5, sd=0.5, asked=100)
        assert found.value == 800
        assert found.error == pytest.approx(800 * math.sqrt(0.05**2 + (0.05 / 1.5) ** 2))
        assert persons(Estimate(1200, 60, 20), times=1.5).error == pytest.approx(40)
        assert persons(Estimate(1200, why=NoRange.SINGLE), times=1.5).why is NoRange.SINGLE
        assert persons(Estimate(0, 0, 5), times=2).value == 0


@pytest.mark.parametrize(
    ("value", "half", "shown"),
    [
        (11_234, 917, 11_200),
        (11_234, 9.2, 11_234),
        (11_234, 45, 11_234),
        (11_234, 80, 11_230),
        (5.4, None, 5),
        (123_456, 9_000, 123_000),
        (0, 0, 0),
    ],
)
def test_a_number_has_the_digits_that_its_range_leaves(value: float, half: float | None, shown: int) -> None:
    assert rounded(value, half) == shown


# -- does a range hold the truth as often as it says? -----------------------------------------------------------

RUNS = 600
NOMINAL = 0.95


def poisson(chance: random.Random, mean: float) -> int:
    if mean > 30:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, found, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        found, product = found + 1, product * chance.random()
    return found


def stream(chance: random.Random, minutes: int) -> list[int]:
    """A festival's day: swells to the evening, ebbs, and comes in bursts."""
    peak, height = minutes * (0.5 + 0.3 * chance.random()), 5 + 15 * chance.random()
    means = [1 + height * math.exp(-(((minute - peak) / (minutes / 5)) ** 2)) for minute in range(minutes)]
    return [poisson(chance, mean * chance.choice((0.7, 1, 1.3))) for mean in means]


def covers(found: Estimate, truth: float) -> bool:
    return found.low is not None and found.high is not None and found.low <= truth <= found.high


def test_a_sampled_range_covers_the_truth_as_often_as_it_says() -> None:
    chance, hits = random.Random(1907), 0
    for _ in range(RUNS):
        people = stream(chance, 720)
        shift = chance.randrange(25)
        counts = [sum(people[at : at + 5]) for at in range(shift, 720 - 4, 30)]
        hits += covers(sampled_total(counts, 720 / 5), sum(people))
    assert 0.92 <= hits / RUNS <= 0.985


def test_a_double_count_covers_the_truth_as_often_as_it_says() -> None:
    chance, hits = random.Random(1907), 0
    for _ in range(RUNS):
        people = stream(chance, 180)
        seen = {
            name: {at: max(0, each + round(chance.gauss(0, 0.5 * math.sqrt(each)))) for at, each in enumerate(people)}
            for name in ("a", "b")
        }
        hits += covers(full_count(seen), sum(people))
    assert hits / RUNS >= 0.92


def test_a_crowd_covers_the_truth_as_often_as_it_says() -> None:
    chance, hits = random.Random(1907), 0
    for _ in range(RUNS):
        squares = [poisson(chance, chance.uniform(4, 16)) for _ in range(200)]
        hits += covers(crowd(chance.sample(squares, 12), square_m2=4, area_m2=800), sum(squares))
    assert 0.92 <= hits / RUNS <= 0.975


def test_visitors_cover_the_truth_as_often_as_they_say() -> None:
    chance, hits = random.Random(1907), 0
    for _ in range(RUNS):
        times = [1 + poisson(chance, 0.4) for _ in range(1500)]
        entries = sum(times)
        asked = chance.sample(times, 60)
        mean = sum(asked) / 60
        sd = math.sqrt(sum((each - mean) ** 2 for each in asked) / 59)
        counted = Estimate(entries + chance.gauss(0, 40), 40, 30)
        hits += covers(persons(counted, times=mean, sd=sd, asked=60), 1500)
    assert 0.92 <= hits / RUNS <= 0.985

"""The arithmetic of economic impact, by hand; and that its range is seeded, covers, and does not move with outliers."""

from __future__ import annotations

import random
import time
from statistics import fmean

import pytest

from enggang.events.queries.impact import (
    LEAST_DRAWS,
    MOST_DRAWS,
    Base,
    Respondent,
    Rules,
    drawn_base,
    draws_for,
    impact_of,
    interval,
    trimmed_mean,
    unique_visitors,
)


def one(
    *, outside: bool = True, reason: str = "event", stay: str = "day", nights: int = 0, bed: int = 0, daily: int = 100_000,
    days: int = 1,
) -> Respondent:  # fmt: skip
    return Respondent(outside, reason, stay, nights, bed, daily, days)


def night() -> Respondent:
    return one(stay="night", nights=2, bed=200_000, daily=150_000, days=2)


# Ten answers, by hand: 4 day visitors (100,000 each), 2 overnight (2 * 200,000 + 2 * 150,000 = 700,000), 3 residents, 1 anyway.
TEN = [*(one() for _ in range(4)), night(), night(), *(one(outside=False) for _ in range(3)), one(reason="anyway")]
FREE = Rules(trim=0, least=1)


class TestByHand:
    def test_spend_of_one_person(self) -> None:
        assert night().spend == 2 * 200_000 + 150_000 * 2

    def test_visitor_spend_is_persons_times_what_one_spends(self) -> None:
        """1,000 persons: 400 day * 100,000 + 200 overnight * 700,000 = 40 m + 140 m."""
        found = impact_of(TEN, Base(1000), FREE)
        assert found.visitor_spend == pytest.approx(180_000_000)
        assert found.eligible == pytest.approx(600)
        assert {each.stay: each.persons for each in found.groups} == pytest.approx({"night": 200, "day": 400})

    def test_direct_adds_outside_money_and_takes_leakage(self) -> None:
        found = impact_of(TEN, Base(1000), FREE, outside_money=50_000_000, leakage=30_000_000)
        assert found.direct == pytest.approx(200_000_000)

    def test_attendances_are_divided_by_mean_days(self) -> None:
        """8 answers of one day and 2 of two: mean 1.2; 1,200 attendances are 1,000 persons."""
        found = impact_of(TEN, Base(1200, attendances=True), FREE)
        assert found.mean_days == pytest.approx(1.2)
        assert found.unique == pytest.approx(1000)
        assert found.visitor_spend == pytest.approx(180_000_000)

    def test_persons_are_not_divided_again(self) -> None:
        assert unique_visitors(Base(1000), 2.0) == 1000

    def test_residents_change_nothing_but_the_share(self) -> None:
        """However much residents spend."""
        rich = [*TEN[:6], *(one(outside=False, daily=90_000_000) for _ in range(3)), TEN[9]]
        assert impact_of(rich, Base(1000), FREE).visitor_spend == impact_of(TEN, Base(1000), FREE).visitor_spend

    def test_who_would_have_come_anyway_is_left_out(self) -> None:
        rich = [*TEN[:9], one(reason="anyway", daily=90_000_000)]
        assert impact_of(rich, Base(1000), FREE).visitor_spend == impact_of(TEN, Base(1000), FREE).visitor_spend

    def test_a_total_only_with_a_multiplier(self) -> None:
        assert impact_of(TEN, Base(1000), FREE).total is None
        found = impact_of(TEN, Base(1000), FREE, multiplier=1.5)
        assert found.total == pytest.approx(270_000_000)
        assert found.ranges["total"].low == pytest.approx(found.ranges["direct"].low * 1.5)

    def test_leakage_may_outweigh_everything(self) -> None:
        found = impact_of(TEN, Base(1000), FREE, leakage=500_000_000)
        assert found.direct == pytest.approx(-320_000_000)


class TestTrimming:
    def test_five_percent_of_twenty_is_one_at_each_end(self) -> None:
        values = [1, *([10] * 18), 1_000_000]
        assert trimmed_mean(values, 5) == (10, 1)

    def test_of_nineteen_none(self) -> None:
        assert trimmed_mean([1] * 19, 5)[1] == 0

    def test_something_always_stays(self) -> None:
        assert trimmed_mean([7], 49) == (7, 0)
        assert trimmed_mean([1, 2, 3], 49) == (2, 1)
        assert trimmed_mean([], 5) == (0.0, 0)

    def test_a_single_mad_answer_does_not_move_it(self) -> None:
        usual = [one() for _ in range(40)]
        mad = [*usual[:-1], one(daily=100_000_000)]
        rules = Rules(trim=5, least=10)
        assert impact_of(mad, Base(1000), rules).visitor_spend == impact_of(usual, Base(1000), rules).visitor_spend


class TestTooFew:
    RULES = Rules(trim=5, least=10)

    def test_nobody_answered(self) -> None:
        found = impact_of([], Base(1000), self.RULES)
        assert (found.n, found.visitor_spend, found.direct, found.eligible, found.ranges) == (0, None, None, None, {})

    def test_a_small_group_has_no_figure_and_the_sum_says_so(self) -> None:
        found = impact_of([*(one() for _ in range(20)), night()], Base(1000), self.RULES)
        overnight, day = found.groups
        assert overnight.too_few
        assert overnight.each is None
        assert found.partial
        assert found.visitor_spend == pytest.approx(day.spend)

    def test_all_groups_too_small(self) -> None:
        found = impact_of(
            [*(one(outside=False) for _ in range(30)), *(one() for _ in range(9))], Base(1000), self.RULES
        )
        assert found.visitor_spend is None
        assert found.direct is None

    def test_only_residents_is_a_zero_that_is_known(self) -> None:
        found = impact_of([one(outside=False) for _ in range(30)], Base(1000), self.RULES, outside_money=5)
        assert (found.visitor_spend, found.direct, found.partial) == (0, 5, False)

    def test_no_number_of_visitors(self) -> None:
        found = impact_of([one() for _ in range(30)], None, self.RULES)
        assert (found.unique, found.visitor_spend, found.groups[1].each) == (None, None, 100_000)

    def test_no_visitors_at_all(self) -> None:
        assert impact_of([one() for _ in range(30)], Base(0), self.RULES).visitor_spend == 0


def crowd(n: int, seed: int) -> list[Respondent]:
    chance = random.Random(seed)
    return [
        one(outside=chance.random() < 0.5, daily=round(chance.lognormvariate(12, 0.5)), days=chance.randint(1, 3))
        for _ in range(n)
    ]


@pytest.mark.once
class TestTheRange:
    def test_the_same_answers_give_the_same_range(self) -> None:
        rows = crowd(60, 1)
        assert impact_of(rows, Base(1000, 900, 1100), Rules()) == impact_of(rows, Base(1000, 900, 1100), Rules())

    def test_another_seed_another_range(self) -> None:
        rows = crowd(60, 1)
        assert impact_of(rows, Base(1000), Rules()).ranges != impact_of(rows, Base(1000), Rules(), seed=2).ranges

    @pytest.mark.parametrize("seed", range(8))
    def test_it_holds_the_figure_and_grows_with_that_of_visitors(self, seed: int) -> None:
        rows = crowd(80, seed)
        sure, unsure = impact_of(rows, Base(1000), Rules()), impact_of(rows, Base(1000, 500, 1500), Rules())
        narrow, wide = sure.ranges["visitor_spend"], unsure.ranges["visitor_spend"]
        assert sure.visitor_spend is not None
        assert narrow.low <= sure.visitor_spend <= narrow.high
        assert wide.high - wide.low > narrow.high - narrow.low

    def test_more_answers_narrow_it(self) -> None:
        few, many = (impact_of(crowd(n, 3), Base(1000), Rules()).ranges["visitor_spend"] for n in (40, 640))
        assert (many.high - many.low) < (few.high - few.low) / 2

    def test_it_covers_the_truth_about_as_often_as_it_says(self) -> None:
        """60 surveys of the same crowd: the share from outside (0.5) times the trimmed mean of a very large sample."""
        truth = impact_of(crowd(20_000, 99), Base(1000), Rules()).visitor_spend
        assert truth is not None
        found = [impact_of(crowd(120, seed), Base(1000), Rules()).ranges["visitor_spend"] for seed in range(60)]
        hits = sum(each.low <= truth <= each.high for each in found)
        assert 50 <= hits <= 60

    def test_fixed_money_moves_both_ends(self) -> None:
        rows = crowd(60, 1)
        plain, moved = (impact_of(rows, Base(1000), Rules(), outside_money=m).ranges["direct"] for m in (0, 7_000_000))
        assert (moved.low - plain.low, moved.high - plain.high) == pytest.approx((7_000_000, 7_000_000))

    def test_a_draw_of_visitors_has_the_range_it_was_given(self) -> None:
        chance = random.Random(5)
        draws = [drawn_base(Base(1000, 900, 1300), chance) for _ in range(4000)]
        found = interval(draws)
        assert found.low == pytest.approx(900, abs=12)
        assert found.high == pytest.approx(1300, abs=36)
        assert min(drawn_base(Base(10, 0, 20), chance) for _ in range(500)) >= 0

    def test_large_surveys_stay_quick(self) -> None:
        assert draws_for(10) == MOST_DRAWS
        assert draws_for(1_000_000) == LEAST_DRAWS
        rows, begins = crowd(4_000, 1), time.perf_counter()
        impact_of(rows, Base(1000), Rules())
        assert time.perf_counter() - begins < 5

    def test_a_mean_of_the_draws_is_near_the_figure(self) -> None:
        rows = crowd(200, 4)
        found = impact_of(rows, Base(1000), Rules(trim=0))
        ends = found.ranges["visitor_spend"]
        assert fmean([ends.low, ends.high]) == pytest.approx(found.visitor_spend, rel=0.1)

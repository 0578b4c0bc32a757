"""The arithmetic of indicators: formulas by polarity, sums of periods, the path, normal variation, numbers as typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from enggang.indicators.achievement import (
    achievement,
    consolidated,
    course_of,
    forecast_of,
    is_unusual,
    normal_limits,
    path_at,
)
from enggang.indicators.charts import chart_of
from enggang.indicators.enums import Course, Cumulation, Frequency, Polarity
from enggang.indicators.numbers import read, shown
from enggang.indicators.periods import Period, is_period, period_of, periods_back, periods_of


@pytest.mark.parametrize(
    ("polarity", "value", "target", "upper", "percent"),
    [
        (Polarity.HIGHER, 90, 100, None, 90),
        (Polarity.HIGHER, 150, 100, None, 150),  # raw: only screens cap
        (Polarity.LOWER, 80, 100, None, 120),
        (Polarity.LOWER, 120, 100, None, 80),
        (Polarity.TIME, 10, 10, None, 100),
        (Polarity.TIME, 12, 10, None, 80),
        (Polarity.RANGE, 5, 4, 6, 100),
        (Polarity.RANGE, 3, 4, 6, 75),
        (Polarity.RANGE, 9, 4, 6, 150),
        (Polarity.HIGHER, None, 100, None, None),
        (Polarity.HIGHER, 5, None, None, None),
        (Polarity.HIGHER, 5, 0, None, None),
        (Polarity.LOWER, 5, 0, None, None),
        (Polarity.HIGHER, 0, 100, None, 0),
    ],
)
def test_what_was_reached_by_polarity(polarity: str, value: Any, target: Any, upper: Any, percent: Any) -> None:
    value, target, upper = (None if each is None else Decimal(each) for each in (value, target, upper))
    assert achievement(polarity, value, target, upper) == percent


def test_unknown_periods_are_left_out_of_a_year_and_not_counted_as_nothing() -> None:
    values = [Decimal(10), None, Decimal(30)]
    assert consolidated(values, Cumulation.SUM) == 40
    assert consolidated(values, Cumulation.AVERAGE) == 20
    assert consolidated(values, Cumulation.LAST) == 30
    assert consolidated([None, None], Cumulation.SUM) is None


class TestPath:
    def test_evenly_from_new_year_to_the_target(self) -> None:
        assert path_at({0: Decimal(365)}, Cumulation.SUM, date(2026, 12, 31)) == 365
        assert path_at({0: Decimal(365)}, Cumulation.SUM, date(2026, 1, 31)) == 31

    def test_by_the_quarters_that_are_set(self) -> None:
        targets = {1: Decimal(10), 3: Decimal(90), 0: Decimal(100)}
        assert path_at(targets, Cumulation.SUM, date(2026, 3, 31)) == 10
        assert path_at(targets, Cumulation.SUM, date(2026, 9, 30)) == 90
        assert Decimal(10) < (path_at(targets, Cumulation.SUM, date(2026, 6, 30)) or Decimal(0)) < Decimal(90)

    def test_a_level_is_held_to_the_next_target(self) -> None:
        targets = {2: Decimal(50), 0: Decimal(60)}
        assert path_at(targets, Cumulation.LAST, date(2026, 4, 30)) == 50
        assert path_at(targets, Cumulation.LAST, date(2026, 7, 31)) == 60
        assert path_at({1: Decimal(5)}, Cumulation.LAST, date(2026, 7, 31)) is None

    def test_without_targets_there_is_none(self) -> None:
        assert path_at({}, Cumulation.SUM, date(2026, 7, 31)) is None


@pytest.mark.parametrize(
    ("polarity", "value", "path", "upper", "course"),
    [
        (Polarity.HIGHER, 100, 100, None, Course.ON_PATH),
        (Polarity.HIGHER, 91, 100, None, Course.AT_RISK),
        (Polarity.HIGHER, 89, 100, None, Course.OFF),
        (Polarity.LOWER, 109, 100, None, Course.AT_RISK),
        (Polarity.LOWER, 111, 100, None, Course.OFF),
        (Polarity.RANGE, 9, 4, 6, Course.OFF),  # above a range is as wrong as below it
        (Polarity.RANGE, 5, 4, 6, Course.ON_PATH),
        (Polarity.LOWER, 5, 0, None, Course.OFF),
    ],
)
def test_course(polarity: str, value: int, path: int, upper: int | None, course: Course) -> None:
    assert course_of(polarity, Decimal(value), Decimal(path), None if upper is None else Decimal(upper)) == course


class TestForecast:
    def test_as_last_year_went_on(self) -> None:
        """Half of last year's visits came in December: so it may be this year."""
        before: list[Decimal | None] = [*[Decimal(10)] * 11, Decimal(110)]
        assert forecast_of(Cumulation.SUM, [Decimal(20)] * 11, before, Decimal(334) / Decimal(365)) == 440

    def test_evenly_where_last_year_is_not_known(self) -> None:
        assert forecast_of(Cumulation.SUM, [Decimal(50)], [None], Decimal("0.5")) == 100

    def test_none_when_a_measured_period_is_missing(self) -> None:
        assert forecast_of(Cumulation.SUM, [None, Decimal(5)], [], Decimal("0.5")) is None

    def test_a_level_stays_as_it_is(self) -> None:
        assert forecast_of(Cumulation.LAST, [Decimal(5), Decimal(7)], [], Decimal("0.5")) == 7


class TestVariation:
    def test_limits_of_a_known_series(self) -> None:
        """Checked by hand: mean 10, mean moving range 2, limits 10 ± 5.32."""
        limits = normal_limits([9, 11, 9, 11, 9, 11, 9, 11])
        assert limits is not None
        assert (limits.mean, round(limits.low, 2), round(limits.high, 2)) == (10, 4.68, 15.32)

    def test_what_was_never_below_zero_is_not_expected_there(self) -> None:
        counted = normal_limits([0, 90, 0, 90, 0, 90, 0, 90])
        change = normal_limits([-1, 90, 0, 90, 0, 90, 0, 90])
        assert counted is not None
        assert change is not None
        assert (counted.low, change.low < 0) == (0, True)
        assert is_unusual([0, 90, 0, 90, 0, 90, 0, 90, -1])

    def test_too_few_points_say_nothing(self) -> None:
        assert normal_limits([1] * 7) is None
        assert not is_unusual([])
        assert not is_unusual([1, 2, 100])

    def test_a_jump_is_unusual_and_the_common_up_and_down_is_not(self) -> None:
        usual = [9, 11, 9, 11, 9, 11, 9, 11]
        assert not is_unusual([*usual, 12])
        assert is_unusual([*usual, 30])


class TestPeriods:
    def test_of_a_day(self) -> None:
        assert period_of(date(2024, 2, 9), Frequency.MONTH) == (date(2024, 2, 1), date(2024, 2, 29))
        assert period_of(date(2026, 11, 28), Frequency.QUARTER) == (date(2026, 10, 1), date(2026, 12, 31))
        assert period_of(date(2026, 11, 28), Frequency.YEAR) == (date(2026, 1, 1), date(2026, 12, 31))

    def test_of_a_year(self) -> None:
        assert [len(periods_of(2026, each)) for each in (Frequency.MONTH, Frequency.QUARTER, Frequency.YEAR)] == [
            12,
            4,
            1,
        ]

    def test_back_in_time_ends(self) -> None:
        assert len(list(periods_back(date(2026, 3, 1), Frequency.YEAR))) == 27

    def test_labels(self) -> None:
        with translation.override("id"):
            assert Period(date(2026, 10, 1), date(2026, 10, 31)).label == "Oktober 2026"
            assert Period(date(2026, 7, 1), date(2026, 9, 30)).label == "2026 · Q3"
            assert Period(date(2026, 1, 1), date(2026, 12, 31)).label == "2026"

    @given(st.dates(date(2001, 1, 1), date(2150, 1, 1)), st.sampled_from(Frequency.values))
    def test_a_day_lies_in_its_period_and_the_period_is_one(self, day: date, frequency: str) -> None:
        period = period_of(day, frequency)
        assert period.start <= day <= period.end
        assert is_period(*period, frequency)
        assert period in periods_of(day.year, frequency)


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("8.990", "8990"), ("52,03", "52.03"), ("1.234.567,8", "1234567.8"), ("1,234,567.8", "1234567.8"), ("-1,10", "-1.10"),
            ("12 %", "12"), ("1 234", "1234"), ("0", "0"), (8990, "8990"), (52.03, "52.03"), ("52.5", "52.5"), ("−3", "-3"),
        ],
    )  # fmt: skip
    def test_as_indonesian_writes_them(self, text: object, number: str) -> None:
        with translation.override("id"):
            assert read(text) == Decimal(number)

    def test_one_group_is_read_in_the_readers_language(self) -> None:
        with translation.override("en"):
            assert (read("8,990"), read("8.990")) == (Decimal(8990), Decimal("8.990"))

    @pytest.mark.parametrize(
        "text",
        ["", "abc", "1.2.3", "1,2,3", "12.34.567", "nan", "inf", "--5", None, True, "9" * 70, "1e9999", float("nan")],
    )
    def test_what_is_no_number_is_none(self, text: object) -> None:
        with translation.override("id"):
            assert read(text) is None

    @given(st.decimals(-(10**12), 10**12, places=2))
    def test_what_is_shown_is_read_again(self, value: Decimal) -> None:
        for language in ("id", "en"):
            with translation.override(language):
                assert read(shown(value, 2)) == value


class TestChart:
    def test_a_line_breaks_where_nothing_is_known_and_where_the_series_breaks(self) -> None:
        series = [(str(n), None if n == 2 else Decimal(n), str(n)) for n in range(6)]
        chart = chart_of(series, target=Decimal(10), breaks=[4])
        assert chart is not None
        assert [len(line.split()) for line in chart.lines] == [2, 2]
        assert len(chart.marks) == 5
        assert chart.high == 10

    def test_one_value_is_no_line(self) -> None:
        assert chart_of([("a", Decimal(1), "1")]) is None

    def test_equal_and_negative_values_have_a_frame(self) -> None:
        assert chart_of([("a", Decimal(0), "0"), ("b", Decimal(0), "0")]) is not None
        chart = chart_of([("a", Decimal(-5), "-5"), ("b", Decimal(-1), "-1")])
        assert chart is not None
        assert chart.low == -5

"""Dates that move: golden days, candidates, and what no rule may do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enggang.events.dates import FIRST_YEAR, LAST_YEAR, DateRule, candidates, nth_weekday, ramadans, sun_instant
from enggang.events.enums import RuleKind

pytestmark = pytest.mark.once
ROBO = DateRule(RuleKind.HIJRI_WEEKDAY, month=2, nth=-1, weekday=2)


def days(rule: DateRule, year: int) -> list[str]:
    return [each.first.isoformat() for each in candidates(rule, year)]


class TestRoboRobo:
    def test_in_2024_28_august_is_computed_and_4_september_when_it_was_held_is_offered(self) -> None:
        found = candidates(ROBO, 2024)
        assert [(each.first, each.is_computed) for each in found] == [
            (date(2024, 8, 28), True),
            (date(2024, 9, 4), False),
        ]
        assert found[1].shift == 1  # had the month begun a day later

    def test_in_2025_every_way_of_counting_says_20_august(self) -> None:
        assert days(ROBO, 2025) == ["2025-08-20"]


@pytest.mark.parametrize(
    ("year", "day"), [(2024, "2024-02-24"), (2025, "2025-02-12"), (2026, "2026-03-03"), (2027, "2027-02-20")]
)
def test_cap_go_meh_is_the_fifteenth_of_the_first_lunar_month(year: int, day: str) -> None:
    assert days(DateRule(RuleKind.CHINESE, month=1, day=15), year) == [day]


def test_a_series_begins_before_its_day_and_lasts() -> None:
    (found,) = candidates(DateRule(RuleKind.CHINESE, month=1, day=15, offset=-6, length=7), 2025)
    assert (found.first, found.last, found.anchor) == (date(2025, 2, 6), date(2025, 2, 12), date(2025, 2, 12))


def test_a_month_of_the_lunar_year_before_falls_into_this_one() -> None:
    assert days(DateRule(RuleKind.CHINESE, month=12, day=29), 2025) == ["2025-01-28"]


@pytest.mark.parametrize(
    ("year", "month", "instant"),
    [  # as published by the US Naval Observatory
        (2024, 3, datetime(2024, 3, 20, 3, 6, tzinfo=UTC)),
        (2024, 9, datetime(2024, 9, 22, 12, 44, tzinfo=UTC)),
        (2025, 3, datetime(2025, 3, 20, 9, 1, tzinfo=UTC)),
        (2025, 6, datetime(2025, 6, 21, 2, 42, tzinfo=UTC)),
        (2025, 9, datetime(2025, 9, 22, 18, 19, tzinfo=UTC)),
        (2025, 12, datetime(2025, 12, 21, 15, 3, tzinfo=UTC)),
    ],
)
def test_the_sun_is_right_to_two_minutes(year: int, month: int, instant: datetime) -> None:
    assert abs((sun_instant(year, month) - instant).total_seconds()) < 120


def test_the_day_of_the_equinox_is_that_of_the_place() -> None:
    september = DateRule(RuleKind.SUN, month=9, zone="Asia/Pontianak")
    assert days(september, 2025) == ["2025-09-23"]  # 18.19 UTC is past midnight there


def test_fixed_days_and_weekdays() -> None:
    assert days(DateRule(RuleKind.FIXED, month=4, day=27), 2027) == ["2027-04-27"]
    assert days(DateRule(RuleKind.FIXED, month=2, day=29), 2027) == ["2027-02-28"]
    assert days(DateRule(RuleKind.FIXED, month=2, day=30), 2027) == []
    assert days(DateRule(RuleKind.WEEKDAY, month=10, nth=-1, weekday=5), 2026) == ["2026-10-31"]
    assert days(DateRule(RuleKind.WEEKDAY, month=2, nth=1, weekday=0), 2027) == ["2027-02-01"]
    assert nth_weekday(date(2026, 2, 1), date(2026, 2, 28), 5, 0) is None


def test_what_hangs_on_another_event_follows_it_and_what_is_announced_has_no_date() -> None:
    follows = DateRule(RuleKind.AFTER, offset=3)
    assert [each.first for each in candidates(follows, 2025, after=lambda _year: [date(2025, 2, 12)])] == [
        date(2025, 2, 15)
    ]
    assert candidates(follows, 2025) == []
    assert candidates(DateRule(RuleKind.ANNOUNCED), 2025) == []


def test_a_hijri_day_may_fall_twice_into_a_year() -> None:
    computed = [each.first for each in candidates(DateRule(RuleKind.HIJRI, month=9, day=1), 2030) if each.is_computed]
    assert computed == [date(2030, 1, 5), date(2030, 12, 26)]


def test_ramadan_touches_the_days_it_touches() -> None:
    assert ramadans(date(2026, 3, 3), date(2026, 3, 3)) == [(date(2026, 2, 18), date(2026, 3, 19))]
    assert ramadans(date(2025, 2, 12), date(2025, 2, 12)) == []


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1, 0, -5, 10_000])
def test_years_that_no_table_knows_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match="no calendar table"):
        candidates(ROBO, year)


@given(
    st.sampled_from(sorted(RuleKind.values)), st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12), st.integers(1, 31),
    st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6),
)  # fmt: skip
def test_no_rule_breaks_and_every_candidate_is_of_the_year(
    kind: str, year: int, month: int, day: int, nth: int, weekday: int
) -> None:
    for each in candidates(DateRule(kind, month=month, day=day, nth=nth, weekday=weekday), year):
        assert each.anchor.year == year
        if kind in {RuleKind.WEEKDAY, RuleKind.HIJRI_WEEKDAY}:
            assert each.anchor.weekday() == weekday

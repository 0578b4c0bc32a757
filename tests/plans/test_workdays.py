"""Counting in working days: the convention, the lists it rests on, and what is said when one is missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from enggang.plans.enums import HolidayKind, ListState
from enggang.plans.models import Holiday, HolidayList
from enggang.plans.queries.workdays import (
    FARTHEST,
    WorkCalendar,
    work_calendar,
    working_days_after,
    working_days_before,
)
from tests.places.factories import organisation, region
from tests.plans.factories import make_list, shipped

RITUAL, FIRST_DAY = date(2025, 8, 20), date(2025, 8, 18)
BEFORE_THE_DECREE, AFTER_IT = date(2025, 8, 6), date(2025, 8, 7)
EMPTY = WorkCalendar([], [])


class TestRoboRobo2025:
    """The two counts of the domain file, section 4."""

    @pytest.fixture(autouse=True)
    def _lists(self, db: None) -> None:
        shipped()

    def test_before_the_decree_fourteen_days_before_the_ritual_is_31_july(self) -> None:
        found = working_days_before(RITUAL, 14, region="61.02", at=BEFORE_THE_DECREE)
        assert (found.date, found.complete, found.skipped) == (date(2025, 7, 31), True, ())
        assert [row.key for row in found.list_used] == ["skb-2025"]

    def test_the_late_decree_moves_it_to_30_july_and_is_named(self) -> None:
        found = working_days_before(RITUAL, 14, region="61.02", at=AFTER_IT)
        assert (found.date, found.complete) == (date(2025, 7, 30), True)
        assert [(row.day, row.kind) for row in found.skipped] == [(FIRST_DAY, HolidayKind.JOINT)]
        assert [row.key for row in found.list_used] == ["skb-2025", "skb-2025-perubahan"]

    @pytest.mark.parametrize("at", [BEFORE_THE_DECREE, AFTER_IT])
    def test_before_the_first_day_it_is_29_july_with_the_decree_or_without(self, at: date) -> None:
        assert working_days_before(FIRST_DAY, 14, region="61.02", at=at).date == date(2025, 7, 29)

    def test_with_weekends_only_as_well(self) -> None:
        assert EMPTY.before(FIRST_DAY, 14).date == date(2025, 7, 29)


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "national", "joint"), [(2024, 17, 10), (2025, 17, 10), (2026, 17, 8), (2027, 18, 8)])
def test_each_shipped_decree_has_as_many_days_as_it_says(year: int, national: int, joint: int) -> None:
    """17 and 10 in 2024 and 2025, 17 and 8 in 2026 (SKB 3 Menteri); 2027 by a library."""
    shipped()
    kinds = list(Holiday.objects.filter(list__key=f"skb-{year}").values_list("kind", flat=True))
    assert (kinds.count(HolidayKind.NATIONAL), kinds.count(HolidayKind.JOINT)) == (national, joint)


@pytest.mark.django_db
def test_shipped_lists_say_that_nobody_has_read_the_decree() -> None:
    shipped()
    assert all(row.doubt for row in HolidayList.objects.all())
    assert {row.key for row in HolidayList.objects.filter(standing="unverified")} == {
        "pemilu-2024", "pilkada-2024", "skb-2027",
    }  # fmt: skip


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_leaves_local_rows_alone() -> None:
    shipped()
    local = make_list(organisation())
    before = list(Holiday.objects.order_by("pk").values())
    shipped()
    assert list(Holiday.objects.order_by("pk").values()) == before
    assert HolidayList.objects.filter(pk=local.pk).exists()


@pytest.mark.django_db
def test_a_year_without_a_decree_is_counted_by_weekends_and_named() -> None:
    shipped()
    found = working_days_before(date(2028, 1, 5), 5, at=date(2027, 12, 1))
    assert (found.date, found.complete, found.missing) == (date(2027, 12, 29), False, (2028,))


@pytest.mark.django_db
def test_an_expected_list_is_counted_and_the_year_still_missing() -> None:
    agency = organisation()
    make_list(agency, state=ListState.EXPECTED)
    found = working_days_before(date(2028, 1, 4), 2, organisation=agency, at=date(2027, 12, 1))
    assert (found.date, found.missing) == (date(2027, 12, 31), (2027, 2028))
    make_list(agency, name="Satu hari", partial=True, text="3 Januari Hari jadi")
    found = working_days_before(date(2028, 1, 4), 2, organisation=agency, at=date(2027, 12, 1))
    assert (found.date, found.missing) == (date(2027, 12, 30), (2027, 2028))


@pytest.mark.django_db
def test_a_list_of_an_agency_holds_for_those_below_it_and_nobody_else() -> None:
    province, stranger = organisation("Provinsi"), organisation("Lain")
    make_list(province, text="3 Januari Hari jadi")
    day, at = date(2028, 1, 4), date(2027, 12, 1)
    assert working_days_before(day, 1, organisation=organisation("Dinas", province), at=at).date == date(2027, 12, 31)
    assert working_days_before(day, 1, organisation=stranger, at=at).date == date(2028, 1, 3)
    assert working_days_before(day, 1, at=at).date == date(2028, 1, 3)


@pytest.mark.django_db
def test_a_regional_holiday_holds_in_its_region_only() -> None:
    agency = organisation()
    make_list(agency, text="Libur daerah\n3 Januari Hari jadi kota", region=region("61.72"))
    day, at = date(2028, 1, 4), date(2027, 12, 1)
    found = [
        working_days_before(day, 1, organisation=agency, region=code, at=at).date.day
        for code in ("61.72", "61.72.01", "61.7", "61")
    ]
    assert found == [31, 31, 3, 3]
    agency.region = region("61.72")
    agency.save()
    assert working_days_before(day, 1, organisation=agency, at=at).date.day == 31


@pytest.mark.django_db
def test_an_agency_takes_a_shipped_holiday_back() -> None:
    shipped()
    agency = organisation()
    make_list(agency, year=2027, name="Koreksi", partial=True, text="10-03-2027\tIdul Fitri\thari kerja",
              valid_from=date(2027, 2, 1))  # fmt: skip
    day, at = date(2027, 3, 11), date(2027, 2, 2)
    assert working_days_before(day, 1, organisation=agency, at=at).date == date(2027, 3, 10)
    assert working_days_before(day, 1, organisation=agency, at=date(2027, 1, 31)).date == date(2027, 3, 5)


@pytest.mark.django_db
def test_a_withdrawn_list_counts_no_longer() -> None:
    agency = organisation()
    row = make_list(agency, text="3 Januari Hari jadi")
    HolidayList.objects.filter(pk=row.pk).update(state=ListState.WITHDRAWN)
    found = working_days_before(date(2028, 1, 4), 1, organisation=agency, at=date(2027, 12, 1))
    assert (found.date, found.missing) == (date(2028, 1, 3), (2028,))


@pytest.mark.django_db
def test_many_deadlines_ask_the_database_twice() -> None:
    shipped()
    agency = organisation()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        calendar = work_calendar(organisation=agency)
        for n in range(50):
            calendar.before(RITUAL, n)
    assert len(asked) == 2


def test_the_day_itself_does_not_count() -> None:
    monday = date(2028, 1, 3)
    assert EMPTY.before(monday, 0).date == monday
    assert EMPTY.before(monday, 1).date == date(2027, 12, 31)
    assert EMPTY.shifted(date(2027, 12, 31), 1).date == monday


@pytest.mark.django_db
def test_after_a_day_it_is_counted_the_same_way() -> None:
    shipped()
    assert working_days_after(date(2026, 8, 14), 1).date == date(2026, 8, 18)


def test_beyond_four_years_nothing_is_counted() -> None:
    with pytest.raises(ValueError, match="1000"):
        EMPTY.before(RITUAL, FARTHEST + 1)


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)), st.integers(-FARTHEST, FARTHEST))
def test_as_many_working_days_lie_between_as_were_counted(day: date, n: int) -> None:
    found = EMPTY.shifted(day, n).date
    if n >= 0:
        assert EMPTY.between(day, found) == n
    else:
        weekdays = EMPTY.between(found, day)
        assert weekdays - EMPTY.is_working(day) + 1 == -n

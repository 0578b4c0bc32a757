"""Holiday lists: read from what people paste, added, corrected, withdrawn; whoever counts in working days is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from enggang.access.enums import Role
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.people.roster.sheet import NotARoster
from enggang.plans.domain import holidays as acts
from enggang.plans.enums import HolidayKind, ListState
from enggang.plans.models import Holiday, HolidayList
from enggang.plans.sheets import MOST_ROWS, read_holidays
from enggang.plans.signals import holidays_changed
from tests.budgets.factories import sheet
from tests.places.factories import actor, organisation
from tests.plans.factories import DECREE, make_list, shipped


def days(text: str, year: int = 2025) -> list[tuple[str, str, str]]:
    return [(f"{row.day:%d.%m}", row.name, row.kind.value) for row in read_holidays(year=year, text=text)]


class TestReading:
    def test_the_lines_of_a_decree(self) -> None:
        text = (
            "Daftar hari libur nasional:\n1. 1 Januari (Rabu) Tahun Baru 2025 Masehi\n"
            "5. 31 Maret-1 April (Senin-Selasa) Idulfitri 1446 Hijriah\n16. 25 Desember (Kamis) Kelahiran Yesus Kristus\n"
            "Cuti bersama 2025:\n3. 2, 3, 4, dan 7 April (Rabu, Kamis, Jumat, dan Senin) Idulfitri\n"
        )
        assert days(text) == [
            ("01.01", "Tahun Baru 2025 Masehi", "national"), ("31.03", "Idulfitri 1446 Hijriah", "national"),
            ("01.04", "Idulfitri 1446 Hijriah", "national"), ("25.12", "Kelahiran Yesus Kristus", "national"),
            ("02.04", "Idulfitri", "joint"), ("03.04", "Idulfitri", "joint"), ("04.04", "Idulfitri", "joint"),
            ("07.04", "Idulfitri", "joint"),
        ]  # fmt: skip

    def test_other_ways_to_write_it(self) -> None:
        assert days("Senin, 16 Februari 2026: Cuti Bersama Imlek", 2026) == [("16.02", "Cuti Bersama Imlek", "joint")]
        assert days("21-22 Maret Sabtu-Minggu Idul Fitri", 2026)[0][0] == "21.03"
        assert days("2026-08-17\tProklamasi", 2026) == [("17.08", "Proklamasi", "national")]
        assert days("17/08/2026;Proklamasi;libur nasional", 2026) == [("17.08", "Proklamasi", "national")]
        assert days("17-08-2026 Proklamasi", 2026) == [("17.08", "Proklamasi", "national")]

    def test_a_workbook(self) -> None:
        content = sheet(("Tanggal", "Nama", "Jenis"), (date(2025, 8, 18), "HUT RI", "Cuti bersama"), ("", "", ""))
        rows = read_holidays(year=2025, content=content)
        assert [(row.day, row.name, row.kind, row.error) for row in rows] == [
            (date(2025, 8, 18), "HUT RI", HolidayKind.JOINT, "")
        ]

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("30 Februari Hari ajaib", "no such day"), ("1 Januari 2024 Tahun Baru", "2025"), ("2 April", "name"),
            ("libur 5 hari", "No day"), ("=HYPERLINK(1)", "No day"), ("99 Maret X", "no such day"),
        ],
    )  # fmt: skip
    def test_a_line_that_cannot_be_taken_says_why(self, line: str, why: str) -> None:
        with translation.override("en"):
            (row,) = [each for each in read_holidays(year=2025, text=f"kepala\n{line}") if each.error]
        assert row.number == 2
        assert why in row.error

    def test_nothing_and_too_much(self) -> None:
        assert read_holidays(year=2025, text=" \n\x00\n") == []
        with pytest.raises(Refused, match=str(MOST_ROWS)):
            read_holidays(year=2025, text="1 Mei Hari\n" * (MOST_ROWS + 1))
        with pytest.raises(NotARoster):
            read_holidays(year=2025, content=b"%PDF-1.7")


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    told: list[dict[str, Any]] = []

    def hear(sender: object, *, years: list[int], organisation: Any, **_kwargs: Any) -> None:
        told.append({"years": years, "organisation": organisation})

    holidays_changed.connect(hear)
    yield told
    holidays_changed.disconnect(hear)


@pytest.mark.django_db
class TestActs:
    def test_a_late_decree_is_told_to_whoever_counts(self, heard: list[dict[str, Any]]) -> None:
        agency = organisation()
        row = make_list(agency)
        assert heard == [{"years": [2028], "organisation": agency}]
        assert [(day.day, day.valid_from, day.source) for day in row.days.all()] == [
            (date(2028, 1, 1), date(2027, 9, 1), "uji")
        ]

    def test_shipped_lists_are_told_once_and_only_when_they_changed(self, heard: list[dict[str, Any]]) -> None:
        shipped()
        shipped()
        assert heard == [{"years": [2024, 2025, 2026, 2027], "organisation": None}]

    def test_a_list_with_a_wrong_line_is_not_taken_at_all(self, heard: list[dict[str, Any]]) -> None:
        with pytest.raises(Conflict):
            make_list(organisation(), text="1 Januari Tahun Baru\n31 Februari Ajaib")
        with pytest.raises(Conflict):
            make_list(organisation(), text="")
        assert (HolidayList.objects.count(), Holiday.objects.count(), heard) == (0, 0, [])

    def test_the_same_list_twice_is_refused(self) -> None:
        agency = organisation()
        make_list(agency)
        with pytest.raises((Conflict, ValidationError)):
            make_list(agency)
        assert HolidayList.objects.count() == 1

    def test_a_stranger_adds_none(self) -> None:
        theirs = actor((Role.ORGANISER, organisation("Lain")))
        with pytest.raises(NotAllowed):
            make_list(organisation(), actor=theirs)
        assert HolidayList.objects.count() == 0

    def test_a_day_is_corrected_and_two_tabs_meet(self, heard: list[dict[str, Any]]) -> None:
        agency = organisation()
        ours, day = actor((Role.ORGANISER, agency)), make_list(agency).days.get()
        acts.keep_holiday(row=day, version=1, day=date(2028, 1, 3), actor=ours)
        assert [each["years"] for each in heard] == [[2028], [2028]]
        with pytest.raises(Conflict):
            acts.keep_holiday(row=Holiday.objects.get(), version=1, day=date(2028, 1, 4), actor=ours)
        assert Holiday.objects.get().day == date(2028, 1, 3)

    def test_a_day_of_another_year_is_refused(self) -> None:
        day = make_list(organisation()).days.get()
        with pytest.raises(Conflict):
            acts.keep_holiday(row=day, version=1, day=date(2029, 1, 1), actor=actor((Role.ADMINISTRATOR, None)))
        assert Holiday.objects.get().day == date(2028, 1, 1)

    def test_a_shipped_list_is_never_changed(self) -> None:
        shipped()
        row, chief = HolidayList.objects.get(key="skb-2027"), actor((Role.ADMINISTRATOR, None))
        for change in (
            lambda: acts.change_holiday_list(row=row, version=1, name="x", actor=chief),
            lambda: acts.move_holiday_list(row=row, to=ListState.WITHDRAWN, actor=chief),
            lambda: acts.drop_holiday(row=row.days.earliest("day"), actor=chief),
            lambda: acts.keep_holiday(row=Holiday(list=row, day=date(2027, 1, 2), name="x"), actor=chief),
        ):
            with pytest.raises(Conflict):
                change()
        assert (HolidayList.objects.get(key="skb-2027").name, row.days.count()) == (row.name, 26)

    def test_it_is_withdrawn_and_declared_decreed_again(self) -> None:
        agency = organisation()
        row, ours = make_list(agency, state=ListState.EXPECTED), actor((Role.ORGANISER, agency))
        acts.move_holiday_list(row=row, to=ListState.DECREED, actor=ours)
        acts.move_holiday_list(row=row, to=ListState.WITHDRAWN, actor=ours)
        with pytest.raises(Conflict):
            acts.move_holiday_list(row=row, to=ListState.WITHDRAWN, actor=ours)
        acts.move_holiday_list(row=row, to=ListState.DECREED, actor=ours)
        assert HolidayList.objects.get().state == ListState.DECREED

    def test_changing_from_when_it_was_known_moves_its_days_too(self) -> None:
        row = make_list(organisation())
        facts = {**DECREE, "valid_from": date(2027, 10, 1)}
        acts.change_holiday_list(row=row, version=1, actor=actor((Role.ADMINISTRATOR, None)), **facts)
        assert row.days.get().valid_from == date(2027, 10, 1)

"""Holiday lists, and plans with their parts, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from enggang.core.actor import SYSTEM
from enggang.places.models import Organisation
from enggang.plans.domain.holidays import add_holiday_list, load_holidays
from enggang.plans.models import HolidayList
from enggang.plans.sheets import read_holidays

DECREE: dict[str, Any] = {
    "name": "Hari Libur 2028", "number": "SKB 1/2027", "year": 2028, "valid_from": date(2027, 9, 1), "source": "uji",
    "decreed_on": date(2027, 9, 1),
}  # fmt: skip


def make_list(agency: Organisation, text: str = "1 Januari Tahun Baru Masehi", **facts: Any) -> HolidayList:
    values = {**DECREE, **facts}
    rows = read_holidays(year=values["year"], text=text)
    return add_holiday_list(organisation=agency, rows=rows, actor=values.pop("actor", SYSTEM), **values)


def shipped() -> None:
    load_holidays(actor=SYSTEM)

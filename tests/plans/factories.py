"""Holiday lists, and plans with their parts, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from enggang.core.actor import SYSTEM
from enggang.places.models import Organisation
from enggang.plans.domain.holidays import add_holiday_list, load_holidays
from enggang.plans.domain.plans import keep_member, open_plan
from enggang.plans.domain.risks import keep_risk, keep_zone
from enggang.plans.domain.rundown import add_rundown_day, keep_rundown_item
from enggang.plans.domain.tasks import add_task
from enggang.plans.enums import Anchor
from enggang.plans.models import CrowdZone, HolidayList, Member, Plan, Risk, RundownDay, RundownItem, Task
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


ANCHORED: dict[str, Any] = {
    "title": "Rencana Robo-Robo",
    "day": date(2027, 8, 4),
    "zone": "Asia/Pontianak",
    "about": None,
}


def make_plan(agency: Organisation, **facts: Any) -> Plan:
    values = {**ANCHORED, **facts}
    return open_plan(organisation=agency, actor=values.pop("actor", SYSTEM), **values)


def make_task(plan: Plan, title: str = "Urus izin", **facts: Any) -> Task:
    values: dict[str, Any] = {"anchor": Anchor.DAYS, "offset": -10, **facts}
    return add_task(plan=plan, title=title, actor=values.pop("actor", SYSTEM), **values)


def make_member(plan: Plan, name: str = "Ibu Contoh", **facts: Any) -> Member:
    return keep_member(member=Member(plan=plan), actor=SYSTEM, **{"name": name, **facts})


def make_day(plan: Plan, day: date | None = None, **facts: Any) -> RundownDay:
    return add_rundown_day(plan=plan, day=day or plan.day or date(2027, 8, 4), actor=SYSTEM, **facts)


def make_item(
    day: RundownDay, title: str = "Pembukaan", begins: int = 8 * 60, minutes: int = 30, **facts: Any
) -> RundownItem:
    item = RundownItem(day=day)
    return keep_rundown_item(item=item, title=title, begins=begins, minutes=minutes, actor=SYSTEM, **facts)


def make_risk(plan: Plan, title: str = "Hujan lebat", likelihood: int = 4, impact: int = 3, **facts: Any) -> Risk:
    return keep_risk(risk=Risk(plan=plan), title=title, likelihood=likelihood, impact=impact, actor=SYSTEM, **facts)


def make_zone(plan: Plan, name: str = "Depan panggung", area: int = 100, peak: int = 150, **facts: Any) -> CrowdZone:
    return keep_zone(zone=CrowdZone(plan=plan), name=name, area=area, peak=peak, actor=SYSTEM, **facts)

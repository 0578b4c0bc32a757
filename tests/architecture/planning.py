"""A holiday list, and a plan with a part of every sort, for the table of who may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.domain.catalogue import keep_catalogue_row
from enggang.people.models import Competency
from enggang.plans.domain.needs import add_need
from enggang.plans.domain.plans import add_section, set_day
from enggang.plans.domain.reference import keep_rule, load_reference
from enggang.plans.domain.risks import tick_item
from enggang.plans.domain.rundown import open_wall
from enggang.plans.domain.tasks import hand_out_tasks
from enggang.plans.models import ChecklistItem, Plan, RundownDay, RundownItem, TaskTemplate
from tests.plans.factories import (
    make_day,
    make_item,
    make_list,
    make_member,
    make_plan,
    make_risk,
    make_task,
    make_zone,
)


def lay_plans(side: Any) -> None:
    """The person of the side stands in the committee; the day has moved, and no date with it yet."""
    made = make_list(side.organisation)
    side.rows["holidays"], side.rows["holiday"] = made.pk, made.days.get().pk
    if not TaskTemplate.objects.exists():
        load_reference(actor=SYSTEM)
    plan = make_plan(side.organisation, day=clock.today() + timedelta(days=30))
    section = add_section(plan=plan, name="Acara", actor=SYSTEM)
    member = make_member(plan, person=side.person, section=section)
    rows = [Competency(name=name, valid_from=date(2020, 1, 1), source="uji") for name in ("Fotografi", "Logistik")]
    first, second = (keep_catalogue_row(row=row, organisation=side.organisation, actor=SYSTEM) for row in rows)
    side.rows["section_need"] = add_need(section=section, competency=first, level=2, actor=SYSTEM).pk
    side.rows["competency"] = second.pk
    task = make_task(plan, member=member, section=section)
    set_day(plan=plan, day=clock.today() + timedelta(days=40), actor=SYSTEM)
    side.rows |= {"work_plan": plan.code, "section": section.pk, "member": member.code, "task": task.pk}
    day = make_day(plan)
    item = make_item(day, begins=8 * 60, member=member)
    make_item(day, "Kedua", begins=9 * 60)
    side.rows["empty_day"] = make_day(plan, clock.today() + timedelta(days=99)).pk
    risk, zone, point = make_risk(plan), make_zone(plan), ChecklistItem.objects.earliest("pk")
    tick_item(plan=plan, item=point, done=True, note="", version=0, content=b"%PDF-1.7", filename="a.pdf", actor=SYSTEM)
    side.rows |= {"plan_day": day.pk, "plan_item": item.pk, "risk": risk.pk, "zone": zone.pk, "point": point.pk}
    side.tokens["wall"] = open_wall(plan=plan, hours=1, actor=SYSTEM)
    side.tokens["tasks"] = hand_out_tasks(member=member, actor=SYSTEM)


def needed(side: Any) -> dict[str, Any]:
    return {"competency": side.rows["competency"], "level": 2}


def listed(side: Any) -> dict[str, Any]:
    return {"list_id": side.rows["holidays"]}


def day(side: Any) -> dict[str, Any]:
    return {**listed(side), "day_id": side.rows["holiday"]}


def plan(side: Any) -> dict[str, Any]:
    return {"code": side.rows["work_plan"]}


def part(name: str, key: str, **more: Any) -> Any:
    """An address below the plan by one of its rows."""
    return lambda side: {**plan(side), key: side.rows[name], **more}


def by_link(side: Any) -> dict[str, Any]:
    return {"token": side.tokens["tasks"]}


def task_by_link(side: Any) -> dict[str, Any]:
    return {**by_link(side), "task_id": side.rows["task"], "step": "selesai"}


def moved(side: Any) -> dict[str, Any]:
    """The date that would move, ticked."""
    row = Plan.objects.get(subject__code=side.rows["work_plan"])  # the day is never unknown here
    assert row.day is not None
    return {"row": [f"task-{side.rows['task']}:{row.day - timedelta(days=10)}"], "do": "terima"}


def rule(side: Any) -> dict[str, Any]:
    """A reference row of the agency, for this question only."""
    row = TaskTemplate(bundle="Kami", title="Tugas", valid_from=clock.today(), source="uji")
    return {"word": "tugas", "row_id": keep_rule(rule=row, organisation=side.organisation, actor=SYSTEM).pk}


def rundown_day(side: Any) -> dict[str, Any]:
    return {**plan(side), "day_id": side.rows["plan_day"]}


def rundown_item(**more: Any) -> Any:
    return lambda side: {**rundown_day(side), "item_id": side.rows["plan_item"], **more}


def bounds(side: Any) -> dict[str, Any]:
    plan = RundownDay.objects.select_related("plan").get(pk=side.rows["plan_day"]).plan
    return {"version": plan.version, "weather": "Angin", "custom": "Doa"}


def version(side: Any) -> int:
    return RundownDay.objects.get(pk=side.rows["plan_day"]).version


def shifted(side: Any) -> dict[str, Any]:
    return {"menit": "5", "ikut": "1", "version": version(side)}


def ordered(side: Any) -> dict[str, Any]:
    rows = RundownItem.objects.filter(day=side.rows["plan_day"]).order_by("-begins").values_list("pk", flat=True)
    return {"rows": ",".join(map(str, rows)), "track": "", "version": version(side)}


def empty_day(side: Any) -> dict[str, Any]:
    return {**plan(side), "day_id": side.rows["empty_day"]}

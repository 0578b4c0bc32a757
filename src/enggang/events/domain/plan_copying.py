"""The plan of last year's edition for the next: everything that is counted from the day, nobody who was in it."""

from __future__ import annotations

from datetime import date, timedelta

from enggang.core.actor import Actor
from enggang.events.domain.planning import start_plan
from enggang.events.models import Edition
from enggang.plans.domain.plans import add_section, change_bounds
from enggang.plans.domain.risks import keep_risk, keep_zone
from enggang.plans.domain.rundown import add_rundown_day, keep_rundown_item
from enggang.plans.domain.tasks import add_task
from enggang.plans.enums import Anchor, TaskState
from enggang.plans.models import CrowdZone, Plan, Risk, RundownItem, Section
from enggang.plans.queries.tasks import plan_about

ITEM = ("track", "begins", "minutes", "title", "cue", "place", "equipment", "note")
RISK = ("title", "kind", "cause", "effect", "likelihood", "impact", "treatment", "trigger")
ZONE = ("site", "name", "area", "peak", "capacity")


def copy_plan(edition: Edition, clone: Edition, actor: Actor) -> Plan | None:
    """Inside the act of cloning. Tasks and days of the rundown are counted from the new first day; fixed ones move by
    as many days as the edition does, and have no date while that is unknown. People, states and times begin anew."""
    plan = plan_about(edition.subject)
    if plan is None:
        return None
    made = start_plan(edition=clone, actor=actor)
    if plan.weather or plan.custom:
        change_bounds(plan=made, version=made.version, weather=plan.weather, custom=plan.custom, actor=actor)
    sections = {row.pk: add_section(plan=made, name=row.name, actor=actor) for row in plan.sections.all()}
    _tasks(plan, made, sections, actor)
    _rundown(plan, made, actor)
    for risk in plan.risks.all():
        keep_risk(risk=Risk(plan=made), actor=actor, **{name: getattr(risk, name) for name in RISK})
    for zone in plan.zones.all():
        keep_zone(zone=CrowdZone(plan=made), actor=actor, **{name: getattr(zone, name) for name in ZONE})
    return made


def _moved(day: date | None, plan: Plan, made: Plan) -> date | None:
    return made.day + (day - plan.day) if day and plan.day and made.day else None


def _tasks(plan: Plan, made: Plan, sections: dict[int, Section], actor: Actor) -> None:
    for task in plan.tasks.exclude(state=TaskState.DROPPED):
        facts = {name: getattr(task, name) for name in ("title", "note", "anchor", "offset", "lasts")}
        if task.anchor == Anchor.FIXED:
            facts["due_on"] = _moved(task.due_on, plan, made)
        section = sections.get(task.section_id or 0)
        add_task(plan=made, section=section, actor=actor, **facts)


def _rundown(plan: Plan, made: Plan, actor: Actor) -> None:
    for day in plan.days.prefetch_related("items"):
        new = (
            made.day + timedelta(days=day.offset)
            if made.day and day.offset is not None
            else _moved(day.date, plan, made)
        )
        if new is None:
            continue
        copied = add_rundown_day(plan=made, day=new, title=day.title, actor=actor)
        for item in day.items.all():
            keep_rundown_item(item=RundownItem(day=copied), actor=actor, **{name: getattr(item, name) for name in ITEM})

"""Acts on a plan, its sections and its committee."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.states import keep_version, move
from enggang.people.models import Person
from enggang.people.phones import normalise_phone
from enggang.places.models import Organisation
from enggang.plans import rules
from enggang.plans.enums import PLAN_MOVES, Anchor, PlanState
from enggang.plans.models import Member, Plan, RundownDay, Section, Task
from enggang.plans.queries.dates import DateChange, by_key, date_changes
from enggang.plans.queries.tasks import plan_about

MOST_MEMBERS = 300


@act("plans.open_plan")
def open_plan(
    *, about: Subject | None, organisation: Organisation, title: str, day: date | None, zone: str, actor: Actor
) -> Plan:
    """Start an empty plan. ``about`` is what is planned; ``day`` is what everything is counted from, None while unknown.

    Raises Conflict when there is a plan for it already: ``queries.tasks.plan_about`` finds that one.
    """
    require(rules.may_manage(actor, organisation))
    plan = Plan(
        organisation=organisation,
        about=about,
        title=title.strip()[:200],
        day=day,
        time_zone=zone,
        created_at=clock.now(),
    )
    plan.clean_fields(exclude=["subject"])
    plan.subject = Plan.new_subject(organisation.code)
    with told(Plan):
        plan.save()
    return plan


@act("plans.change_plan")
def change_plan(*, plan: Plan, version: int, title: str, day: date | None, time_zone: str, actor: Actor) -> Plan:
    """A new day changes no date: the pages show what would move, and somebody accepts it."""
    require(rules.may_manage(actor, plan.organisation))
    held(plan)
    keep_version(plan, version)
    record(before=plan.day and plan.day.isoformat(), day=day and day.isoformat())
    plan.title, plan.day, plan.time_zone = title.strip(), day, time_zone
    plan.clean_fields()
    plan.save()
    return plan


@act("plans.change_bounds")
def change_bounds(*, plan: Plan, version: int, weather: str, custom: str, actor: Actor) -> Plan:
    """What nobody in the committee can change: the limits of the weather, and what ritual and custom demand."""
    require(rules.may_manage(actor, plan.organisation))
    held(plan)
    keep_version(plan, version)
    plan.weather, plan.custom = weather.strip(), custom.strip()
    plan.clean_fields()
    plan.save()
    return plan


@act("plans.set_day")
def set_day(*, plan: Plan, day: date | None, actor: Actor) -> Plan:
    """For the app above, when the day of what is planned moves; as ``change_plan``, without the form's version."""
    require(rules.may_manage(actor, plan.organisation))
    held(plan)
    plan.refresh_from_db(fields=["version"])
    keep_version(plan, plan.version)
    record(before=plan.day and plan.day.isoformat(), day=day and day.isoformat())
    plan.day = day
    plan.save(update_fields=["day"])
    return plan


def follow_day(*, about: Subject, day: date | None, actor: Actor) -> None:
    """For the acts above that move what is planned: its open plan counts from the new day and shows what would move."""
    plan = plan_about(about)
    if plan is not None and plan.is_open and plan.day != day:
        set_day(plan=plan, day=day, actor=actor)


@act("plans.move_plan")
def move_plan(*, plan: Plan, to: PlanState, actor: Actor) -> Plan:
    """Close it, cancel it, or open it again; nothing in it is lost."""
    require(rules.may_manage(actor, plan.organisation))
    return move(plan, to, moves=PLAN_MOVES)


def held(plan: Plan) -> None:
    """Refuse unless the plan is running; it stays so until the transaction ends."""
    if not Plan.objects.select_for_update().filter(pk=plan.pk, state=PlanState.OPEN).exists():
        raise Conflict(_("This plan is closed or cancelled. Open it again first."))


def managed(plan: Plan, actor: Actor) -> None:
    require(rules.may_manage(actor, plan.organisation))
    held(plan)
    record_subject(plan.subject)


# -- dates -----------------------------------------------------------------------------------------


@act("plans.accept_dates")
def accept_dates(*, plan: Plan, seen: Mapping[str, date], actor: Actor) -> int:
    """Give rows the dates that were shown for them; ``seen`` is key → new date. Answers how many moved.

    Raises Conflict when a date would be another one by now: nobody agrees to what they have not seen.
    """
    managed(plan, actor)
    changes = by_key(date_changes(plan))
    for key, day in seen.items():
        change = changes.get(key)
        if change is None or change.new != day:
            raise Conflict(_("These dates have changed in the meantime, so nothing was moved. Look at them again."))
    for key, day in _in_order(seen, changes):
        _move_date(key, day)
    record(moved=len(seen), day=plan.day and plan.day.isoformat())
    return len(seen)


def _in_order(seen: Mapping[str, date], changes: Mapping[str, DateChange]) -> list[tuple[str, date]]:
    """Those that move later begin with the last, the others with the first: no day lands on its neighbour."""
    return sorted(
        seen.items(), key=lambda each: -each[1].toordinal() if changes[each[0]].days > 0 else each[1].toordinal()
    )


@act("plans.keep_dates")
def keep_dates(*, plan: Plan, keys: list[str], actor: Actor) -> int:
    """Let rows stand where they are: their dates are fixed from now on. Answers how many."""
    managed(plan, actor)
    changes = by_key(date_changes(plan))
    kept = [key for key in keys if key in changes and changes[key].old is not None]
    for key in kept:
        _fix_date(key)
    record(kept=len(kept))
    return len(kept)


def _move_date(key: str, day: date) -> None:
    if key.startswith("day-"):
        with told(RundownDay):
            RundownDay.objects.filter(pk=_id(key)).update(date=day, version=F("version") + 1, changed_at=clock.now())
        return
    for row in Task.objects.select_for_update().filter(pk=_id(key)):
        keep_version(row, row.version)
        row.due_on = day
        row.save(update_fields=["due_on"])


def _fix_date(key: str) -> None:
    if key.startswith("day-"):
        RundownDay.objects.filter(pk=_id(key)).update(offset=None, version=F("version") + 1)
        return
    for row in Task.objects.select_for_update().filter(pk=_id(key)):
        keep_version(row, row.version)
        row.anchor = Anchor.FIXED
        row.save(update_fields=["anchor"])


def _id(key: str) -> int:
    return int(key.rpartition("-")[2])


# -- sections and people ---------------------------------------------------------------------------


@act("plans.add_section")
def add_section(*, plan: Plan, name: str, actor: Actor) -> Section:
    managed(plan, actor)
    last = plan.sections.aggregate(last=Max("position"))["last"] or 0
    section = Section(plan=plan, name=" ".join(name.split()), position=last + 1)
    section.clean_fields()
    with told(Section):
        section.save()
    return section


@act("plans.rename_section")
def rename_section(*, section: Section, name: str, actor: Actor) -> Section:
    managed(section.plan, actor)
    section.name = " ".join(name.split())
    section.clean_fields()
    with told(Section):
        section.save()
    return section


@act("plans.drop_section")
def drop_section(*, section: Section, actor: Actor) -> Plan:
    """Its tasks and people stay, without a section."""
    managed(section.plan, actor)
    record(tasks=section.tasks.count())
    section.delete()
    return section.plan


@act("plans.keep_member")
def keep_member(*, member: Member, actor: Actor, version: int = 0, **facts: Any) -> Member:
    """Take somebody into the committee, or change the row. ``facts``: person, name, phone, post, section, leads."""
    managed(member.plan, actor)
    if member.pk:
        keep_version(member, version)
    elif member.plan.members.count() >= MOST_MEMBERS:
        raise Conflict(_("A committee has at most %(most)s people.") % {"most": MOST_MEMBERS})
    for name, value in facts.items():
        setattr(member, name, value)
    _tidy(member)
    if not member.pk:
        member.subject = Member.new_subject(member.plan.organisation.code)
    with told(Member):
        member.save()
    return member


def _tidy(member: Member) -> None:
    member.name, member.post = " ".join(member.name.split()), " ".join(member.post.split())
    if member.person is not None:
        member.name = ""
    elif not member.name:
        raise Conflict(_("Give the name, or the NIP of somebody on record."))
    if member.phone:
        phone = normalise_phone(member.phone)
        if not phone:
            raise Conflict(_("This is not a mobile number. Write it like 0812 3456 7890."))
        member.phone = phone
    if member.section is not None and member.section.plan_id != member.plan_id:
        raise Conflict(_("This section belongs to another plan."))
    member.clean_fields(exclude=["subject"])


@act("plans.drop_member")
def drop_member(*, member: Member, actor: Actor) -> Plan:
    """Their tasks stay, with nobody in charge; their private address ends."""
    managed(member.plan, actor)
    record(tasks=member.tasks.count())
    subject = member.subject
    member.delete()
    subject.delete()
    return member.plan


def person_on_record(nip: str, actor: Actor) -> Person | None:
    """Somebody whom the actor may see, by the whole number only."""
    digits = "".join(char for char in nip if char.isdigit())
    return Person.objects.visible_to(actor).filter(nip=digits).first() if digits else None

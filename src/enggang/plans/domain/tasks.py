"""Acts on tasks: added, changed, moved; many at once from a bundle; handed out to somebody without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import keep_version, move
from enggang.core.text import folded
from enggang.places.queries.dated import closest
from enggang.plans import rules
from enggang.plans.domain.plans import held, managed
from enggang.plans.enums import TASK_MOVES, Anchor, TaskState
from enggang.plans.models import Member, Plan, Section, Task, TaskTemplate
from enggang.plans.queries.dates import calendar_of, reckoned
from enggang.plans.queries.workdays import WorkCalendar

MOST_TASKS = 500
LINK_DAYS = 120


@act("plans.add_task")
def add_task(*, plan: Plan, actor: Actor, waits_for: Any = (), **facts: Any) -> Task:
    """``facts`` are the fields of a task; its date is counted from the day at once, unless it is fixed."""
    managed(plan, actor)
    _room(plan, 1)
    task = Task(plan=plan, **facts)
    _date(task, calendar_of(plan))
    _keep(task, waits_for)
    record(task=task.pk, due_on=task.due_on and task.due_on.isoformat())
    return task


@act("plans.change_task")
def change_task(*, task: Task, version: int, actor: Actor, waits_for: Any = (), **facts: Any) -> Task:
    """A changed way of counting gives the date at once: whoever changes it means it."""
    managed(task.plan, actor)
    keep_version(task, version)
    before = (task.anchor, task.offset)
    for name, value in facts.items():
        setattr(task, name, value)
    if before != (task.anchor, task.offset) or task.anchor == Anchor.FIXED or task.due_on is None:
        _date(task, calendar_of(task.plan))
    _keep(task, waits_for)
    record(task=task.pk, due_on=task.due_on and task.due_on.isoformat())
    return task


def _room(plan: Plan, more: int) -> None:
    if plan.tasks.count() + more > MOST_TASKS:
        raise Conflict(_("A plan has at most %(most)s tasks. Drop or join some first.") % {"most": MOST_TASKS})


def _date(task: Task, calendar: WorkCalendar) -> None:
    if task.anchor == Anchor.FIXED:
        task.offset = 0
        if task.due_on is None:
            raise Conflict(_("Give the date, or count it from the day."))
        return
    found = reckoned(task.anchor, task.offset, task.plan.day, calendar)
    task.due_on = found[0] if found else None


def _keep(task: Task, waits_for: Any) -> None:
    task.title = " ".join(task.title.split())
    task.full_clean(exclude=["plan"])
    for row in (task.section, task.member):
        if row is not None and row.plan_id != task.plan_id:
            raise Conflict(_("This section or person belongs to another plan."))
    others = list(waits_for)
    if any(row.plan_id != task.plan_id for row in others):
        raise Conflict(_("A task waits only for tasks of its own plan."))
    if task.pk and _circle(task, others):
        raise Conflict(_("These tasks would wait for one another."))
    task.save()
    task.waits_for.set(others)


def _circle(task: Task, others: list[Task]) -> bool:
    """Whether one of ``others`` already waits, however far along, for ``task``."""
    links = Task.waits_for.through._default_manager.filter(from_task__plan=task.plan_id)
    waits: dict[int, set[int]] = {}
    for source, target in links.values_list("from_task", "to_task"):
        waits.setdefault(source, set()).add(target)
    seen: set[int] = set()
    open_ids = {row.pk for row in others}
    while open_ids - seen:
        seen |= open_ids
        open_ids = {target for source in open_ids for target in waits.get(source, ())}
    return task.pk in seen


@act("plans.move_task")
def move_task(*, task: Task, to: TaskState, actor: Actor) -> Task:
    """To do, in hand, done, dropped, and back: by the organisers, whoever is in charge, and who leads the section."""
    require(may_move(actor, task))
    held(task.plan)
    record_subject(task.plan.subject)
    done_on = task.plan.today if to == TaskState.DONE else None
    record(task=task.pk, state=str(to))
    return move(task, to, moves=TASK_MOVES, done_on=done_on)


def may_move(actor: Actor, task: Task) -> bool:
    if rules.may_manage(actor, task.plan.organisation):
        return True
    if task.member is not None and rules.is_member(actor, task.member):
        return True
    if task.section is None:
        return False
    leaders = Member.objects.filter(section=task.section, leads=True).with_names()
    return any(rules.is_member(actor, row) for row in leaders)


# -- from a bundle ---------------------------------------------------------------------------------


def templates_for(plan: Plan) -> list[TaskTemplate]:
    """What holds for the agency today, nearest first; a local row takes the place of a shipped one of the same name."""
    rows = TaskTemplate.objects.serving(plan.organisation).on(clock.today())
    found = closest(rows, lambda row: (folded(row.bundle), folded(row.title)))
    return sorted(found.values(), key=lambda row: (row.bundle, row.position, row.pk))


@act("plans.use_bundle")
def use_bundle(*, plan: Plan, bundle: str, actor: Actor) -> int:
    """Add the sections and tasks of a bundle; what the plan has by name already is left. Answers how many were added."""
    managed(plan, actor)
    rows = [row for row in templates_for(plan) if row.bundle == bundle]
    if not rows:
        raise Conflict(_("There is no bundle of that name any more."))
    known = {folded(title) for title in plan.tasks.values_list("title", flat=True)}
    wanted = [row for row in rows if folded(row.title) not in known]
    _room(plan, len(wanted))
    sections, calendar = _sections(plan, wanted), calendar_of(plan)
    for row in wanted:
        task = Task(
            plan=plan, section=sections.get(folded(row.section)), title=row.title, note=row.note, anchor=row.anchor,
            offset=row.offset, lasts=row.lasts, template_key=row.key,
        )  # fmt: skip
        _date(task, calendar)
        _keep(task, ())
    record(bundle=bundle[:80], tasks=len(wanted))
    return len(wanted)


def _sections(plan: Plan, rows: list[TaskTemplate]) -> dict[str, Section]:
    found = {folded(each.name): each for each in plan.sections.all()}
    position = max((each.position for each in found.values()), default=0)
    for name in dict.fromkeys(row.section for row in rows if row.section):
        if folded(name) not in found:
            position += 1
            found[folded(name)] = Section.objects.create(plan=plan, name=name, position=position)
    return found


# -- for somebody without an account ---------------------------------------------------------------


@act("plans.hand_out_tasks")
def hand_out_tasks(*, member: Member, actor: Actor) -> str:
    """A private address with this person's tasks; answers its token, shown once. The former one ends."""
    managed(member.plan, actor)
    revoke_links(scope=LinkScope.TASKS, subject=member.subject, actor=actor)
    expires_at = clock.now() + timedelta(days=LINK_DAYS)
    _link, token = open_link(
        scope=LinkScope.TASKS, subject=member.subject, actor=actor, expires_at=expires_at, handed_out=True
    )
    return token


@act("plans.take_back_tasks")
def take_back_tasks(*, member: Member, actor: Actor) -> Member:
    require(rules.may_manage(actor, member.plan.organisation))
    revoke_links(scope=LinkScope.TASKS, subject=member.subject, actor=actor)
    return member

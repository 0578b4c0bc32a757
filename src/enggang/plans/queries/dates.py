"""What the dates of a plan would be now, beside what was agreed: nothing moves before somebody accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from enggang.plans.enums import Anchor
from enggang.plans.models import Plan, RundownDay, RundownItem, Task
from enggang.plans.queries.workdays import Deadline, WorkCalendar, work_calendar


@dataclass(frozen=True, slots=True)
class DateChange:
    """``key`` names the row for the form: "task-12". ``deadline`` says what a date in working days rests on."""

    key: str
    title: str
    counted: str
    old: date | None
    new: date
    deadline: Deadline | None = None

    @property
    def days(self) -> int:
        return (self.new - self.old).days if self.old else 0


def reckoned(anchor: str, offset: int, day: date | None, calendar: WorkCalendar) -> tuple[date, Deadline | None] | None:
    """The date that is ``offset`` from ``day``; None for a fixed date, or as long as the day is unknown."""
    if day is None or anchor == Anchor.FIXED:
        return None
    if anchor == Anchor.WORKDAYS:
        found = calendar.shifted(day, offset)
        return found.date, found
    return day + timedelta(days=offset), None


def calendar_of(plan: Plan) -> WorkCalendar:
    return work_calendar(organisation=plan.organisation)


def date_changes(plan: Plan, calendar: WorkCalendar | None = None) -> list[DateChange]:
    """Every open row whose date is counted from the day and would be another one now. Done tasks stay as they are."""
    if plan.day is None:
        return []
    calendar = calendar or calendar_of(plan)
    tasks = [_task_change(row, plan.day, calendar) for row in plan.tasks.waiting().exclude(anchor=Anchor.FIXED)]
    return [*moving_days(plan), *(change for change in tasks if change)]


def moving_days(plan: Plan) -> list[DateChange]:
    """The days of the rundown alone: as long as they wait, what is printed says the old ones."""
    if plan.day is None:
        return []
    begun = Exists(RundownItem.objects.filter(day=OuterRef("pk")).exclude(started_at=None))
    rows = plan.days.exclude(offset=None).annotate(begun=begun)
    return [change for row in rows if (change := _day_change(row, plan.day))]


def _day_change(row: RundownDay, day: date) -> DateChange | None:
    """A day of the rundown whose items have begun stays, as a done task does."""
    new = day + timedelta(days=row.offset or 0)
    if new == row.date or row.begun:  # type: ignore[attr-defined]
        return None
    title = _("Rundown: %(day)s") % {"day": row}
    return DateChange(f"day-{row.pk}", title, row.counted, row.date, new)


def _task_change(row: Task, day: date, calendar: WorkCalendar) -> DateChange | None:
    found = reckoned(row.anchor, row.offset, day, calendar)
    if found is None or found[0] == row.due_on:
        return None
    return DateChange(f"task-{row.pk}", row.title, row.counted, row.due_on, found[0], found[1])


def by_key(changes: list[DateChange]) -> Mapping[str, DateChange]:
    return {change.key: change for change in changes}

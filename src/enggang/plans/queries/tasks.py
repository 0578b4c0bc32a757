"""Tasks as the screens show them: counted, on a board, on a line of time, as text for a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core.models import Subject
from enggang.plans.enums import WAITING, TaskState
from enggang.plans.models import Plan, Task

ON_BOARD = 60  # cards of a column; the rest stands in the list, page by page
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Summary:
    """How a plan stands, in one question to the database."""

    total: int
    done: int
    late: int
    this_week: int


def summary(plan: Plan) -> Summary:
    today = plan.today
    waiting = Q(state__in=WAITING)
    found = plan.tasks.exclude(state=TaskState.DROPPED).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state=TaskState.DONE)),
        late=Count("pk", filter=waiting & Q(due_on__lt=today)),
        this_week=Count("pk", filter=waiting & Q(due_on__gte=today, due_on__lt=today + WEEK)),
    )
    return Summary(**found)


def plan_about(subject: Subject) -> Plan | None:
    """The plan of an edition or a wave; None as long as there is none."""
    return Plan.objects.filter(about=subject).with_names().first()


@dataclass(frozen=True, slots=True)
class BoardColumn:
    state: TaskState
    tasks: list[Task]

    @property
    def shown(self) -> list[Task]:
        return self.tasks[:ON_BOARD]

    @property
    def more(self) -> int:
        return max(0, len(self.tasks) - ON_BOARD)


def board(plan: Plan, tasks: Sequence[Task]) -> list[BoardColumn]:
    """By state; who is late comes first in its column, for that is how tasks are ordered."""
    return [BoardColumn(state, [row for row in tasks if row.state == state]) for state in TaskState]


def mark_late(tasks: Sequence[Task], today: date) -> None:
    """Set ``late`` (days) on every task: 0 when in time or done."""
    for row in tasks:
        late = (today - row.due_on).days if row.is_waiting and row.due_on and row.due_on < today else 0
        row.late = late  # type: ignore[attr-defined]


def digest(plan: Plan) -> str:
    """What a committee reads in its group: late, this week, by section; names, no numbers."""
    today = plan.today
    waiting = plan.tasks.waiting().with_names().order_by("section__position", "due_on", "pk")
    late = [row for row in waiting if row.due_on and row.due_on < today]
    week = [row for row in waiting if row.due_on and today <= row.due_on < today + WEEK]
    lines = [f"*{plan.title}*"]
    if plan.day:
        left = (plan.day - today).days
        lines.append(
            _("%(day)s · %(left)s days to go") % {"day": _day(plan.day), "left": left} if left > 0 else _day(plan.day)
        )
    lines += _part(_("LATE (%(n)s)") % {"n": len(late)}, late) + _part(_("THIS WEEK (%(n)s)") % {"n": len(week)}, week)
    if not late and not week:
        lines += ["", _("Nothing is late, and nothing is due this week.")]
    return "\n".join(lines)


def _part(heading: str, tasks: Sequence[Task]) -> list[str]:
    if not tasks:
        return []
    lines, section = ["", f"*{heading}*"], object()
    for row in tasks:
        if row.section != section:
            section = row.section
            lines.append(f"_{row.section.name if row.section else _('Without section')}_")
        who = f" – {row.member}" if row.member else ""
        lines.append(f"• {row.title}{who} ({_day(row.due_on)})")
    return lines


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""

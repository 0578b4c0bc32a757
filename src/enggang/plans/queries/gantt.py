"""Tasks on a line of time, as numbers for a drawing: the server draws, no script is needed to see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from enggang.plans.models import Plan, Task

LABEL, ROW, TOP, RIGHT = 240, 26, 44, 12  # units of the drawing
WIDTH = 1040
MOST_ROWS = 200
SHORT = 34  # letters of a title


@dataclass(frozen=True, slots=True)
class Bar:
    task: Task
    label: str
    y: int
    x: float
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Gantt:
    width: int
    height: int
    bars: list[Bar]
    ticks: list[Tick]
    today: float | None
    day: float | None
    left_out: int

    @property
    def bottom(self) -> int:
        return self.height - 8

    @property
    def start(self) -> int:
        return LABEL


def gantt(plan: Plan, tasks: Sequence[Task]) -> Gantt | None:
    """None when no task has a date."""
    dated = [row for row in tasks if row.due_on and row.begins_on][:MOST_ROWS]
    if not dated:
        return None
    first = min(row.begins_on for row in dated if row.begins_on)
    last = max(row.due_on for row in dated if row.due_on)
    first, last = min(first, plan.day or first), max(last, plan.day or last)
    scale = (WIDTH - LABEL - RIGHT) / ((last - first).days + 1)

    def x(day: date) -> float:
        return round(LABEL + (day - first).days * scale, 1)

    bars = [_bar(row, number, x, scale, plan) for number, row in enumerate(dated)]
    today = plan.today
    return Gantt(
        width=WIDTH,
        height=TOP + ROW * len(bars) + 8,
        bars=bars,
        ticks=[Tick(x(day), date_format(day, "j M")) for day in _weeks(first, last)],
        today=x(today) if first <= today <= last else None,
        day=x(plan.day) if plan.day else None,
        left_out=len(tasks) - len(dated),
    )


def _bar(row: Task, number: int, x: Callable[[date], float], scale: float, plan: Plan) -> Bar:
    ends = row.due_on or plan.today  # every row here has a date
    late = row.is_waiting and ends < plan.today
    tone = "late" if late else str(row.state)
    title = row.title if len(row.title) <= SHORT else f"{row.title[: SHORT - 1].rstrip()}…"
    return Bar(row, title, TOP + ROW * number, x(row.begins_on or ends), round(max(scale * row.lasts, 4), 1), tone)


def _weeks(first: date, last: date) -> list[date]:
    """Mondays, so many weeks apart that their labels do not run into one another."""
    monday = first + timedelta(days=-first.weekday() % 7)
    weeks = max(1, ((last - first).days // 7) // 12 + 1)
    days = []
    while monday <= last:
        days.append(monday)
        monday += timedelta(weeks=weeks)
    return days

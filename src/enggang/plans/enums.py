from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HolidayKind(TextChoices):
    """``WORKING`` takes a holiday back: a later decree, or an agency that corrects a shipped row."""

    NATIONAL = "national", _("National holiday")
    JOINT = "joint", _("Joint leave (cuti bersama)")
    REGIONAL = "regional", _("Regional holiday")
    WORKING = "working", _("Working day: no holiday after all")


class ListState(TextChoices):
    EXPECTED = "expected", _("Expected, not decreed yet")
    DECREED = "decreed", _("Decreed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LIST_MOVES = {
    ListState.EXPECTED: frozenset({ListState.DECREED, ListState.WITHDRAWN}),
    ListState.DECREED: frozenset({ListState.WITHDRAWN}),
    ListState.WITHDRAWN: frozenset({ListState.DECREED}),
}


class PlanState(TextChoices):
    OPEN = "open", _("Running")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


PLAN_MOVES = {
    PlanState.OPEN: frozenset({PlanState.CLOSED, PlanState.CANCELLED}),
    PlanState.CLOSED: frozenset({PlanState.OPEN}),
    PlanState.CANCELLED: frozenset({PlanState.OPEN}),
}


class Anchor(TextChoices):
    """What the date of a task hangs on."""

    DAYS = "days", _("Days from the day")
    WORKDAYS = "workdays", _("Working days from the day")
    FIXED = "fixed", _("Fixed date")


class TaskState(TextChoices):
    TODO = "todo", _("To do")
    DOING = "doing", _("In hand")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


TASK_MOVES = {
    TaskState.TODO: frozenset({TaskState.DOING, TaskState.DONE, TaskState.DROPPED}),
    TaskState.DOING: frozenset({TaskState.TODO, TaskState.DONE, TaskState.DROPPED}),
    TaskState.DONE: frozenset({TaskState.DOING}),
    TaskState.DROPPED: frozenset({TaskState.TODO}),
}
WAITING = (TaskState.TODO, TaskState.DOING)


class RiskState(TextChoices):
    OPEN = "open", pgettext_lazy("risk", "Open")
    TREATED = "treated", _("Treated")
    HAPPENED = "happened", _("Has happened")
    CLOSED = "closed", _("Closed")


RISK_MOVES = {
    RiskState.OPEN: frozenset({RiskState.TREATED, RiskState.HAPPENED, RiskState.CLOSED}),
    RiskState.TREATED: frozenset({RiskState.OPEN, RiskState.HAPPENED, RiskState.CLOSED}),
    RiskState.HAPPENED: frozenset({RiskState.OPEN, RiskState.TREATED, RiskState.CLOSED}),
    RiskState.CLOSED: frozenset({RiskState.OPEN}),
}


class RiskKind(TextChoices):
    CROWD = "crowd", _("Crowd")
    WEATHER = "weather", _("Weather")
    RITUAL = "ritual", _("Ritual and custom")
    HEALTH = "health", _("Health")
    SECURITY = "security", _("Security")
    MONEY = "money", _("Money and contracts")
    TECHNICAL = "technical", _("Technical")
    OTHER = "other", _("Other")


class Grade(TextChoices):
    """How much a number asks of people: of a risk, of a density."""

    LOW = "good", _("low")
    MEDIUM = "info", _("medium")
    HIGH = "warn", _("high")
    EXTREME = "bad", _("extreme")


class Aspect(TextChoices):
    CLEANLINESS = "C", _("Cleanliness")
    HEALTH = "H", _("Health")
    SAFETY = "S", _("Safety")
    ENVIRONMENT = "E", _("Environment")

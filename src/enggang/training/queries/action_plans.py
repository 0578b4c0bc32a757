"""Action plans as lists show them: of a wave, of an agency, by what waits."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.db.models import Count, QuerySet

from enggang.core import clock
from enggang.training.enums import PlanState
from enggang.training.models import ActionPlan, Registration, Wave
from enggang.training.models.action_plan import ActionPlanQuerySet


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """How far a wave is from learning to change; ``without`` have a seat and nothing submitted."""

    seated: int
    without: int
    waiting: int
    under_way: int
    done: int
    late: int


def plan_counts(wave: Wave) -> PlanCounts:
    """Three queries for any size."""
    rows = ActionPlan.objects.filter(registration__in=wave.registrations.seated())
    states = dict(rows.values_list("state").annotate(number=Count("pk")).order_by())
    seated, submitted = wave.registrations.seated().count(), _sum(states, set(PlanState) - {PlanState.DRAFT})
    return PlanCounts(
        seated=seated,
        without=seated - submitted,
        waiting=_sum(states, {PlanState.SUBMITTED, PlanState.RETURNED}),
        under_way=_sum(states, {PlanState.ACCEPTED, PlanState.REPORTED}),
        done=_sum(states, {PlanState.DONE}),
        late=rows.late(clock.today()).count(),
    )


def _sum(states: dict[str, int], wanted: Iterable[PlanState]) -> int:
    return sum(states.get(state, 0) for state in wanted)


def narrowed(rows: ActionPlanQuerySet, state: str) -> ActionPlanQuerySet:
    """By state; «late» is under way past its day."""
    if state == "late":
        return rows.late(clock.today())
    return rows.filter(state=state) if state else rows


def without_plan(wave: Wave) -> QuerySet[Registration]:
    """Who has a seat and has submitted nothing, by name."""
    rows = wave.registrations.seated().with_names().order_by("person__name_key", "pk")
    return rows.exclude(action_plan__in=ActionPlan.objects.exclude(state=PlanState.DRAFT))


@cache
def days(key: str) -> int:
    """A number of days from the shipped rows: ``remind_days_before``, ``superior_days``."""
    rows = json.loads(files("enggang.training").joinpath("data/action_plans.json").read_text("utf-8"))
    return int(next(row["value"] for row in rows if row["key"] == key))

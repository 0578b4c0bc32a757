"""What a changed holiday list moves in the plans: whoever manages a plan is told, with the lists that were counted by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.urls import reverse

from enggang.access.queries.grants import holders_at
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.notices.domain.messages import Recipient, send
from enggang.plans import rules
from enggang.plans.enums import PlanState
from enggang.plans.models import Plan
from enggang.plans.queries.dates import DateChange, date_changes

SHOWN = 10  # changes in a message; the page of the plan has them all


def queue_telling(years: Sequence[int], path: str) -> None:
    """Inside the act that changed a list; ``path`` is that of the agency whose list it is."""
    enqueue(tell_of_moved_dates, actor=SYSTEM, years=list(years), path=path)


@job("plans.tell_of_moved_dates")
def tell_of_moved_dates(run: JobRun, years: list[int], path: str) -> None:
    """Every running plan whose day lies in those years or beside them. Safe to run twice: what was told is passed over."""
    near = sorted({year + step for year in years for step in (-1, 0, 1)})
    rows = Plan.objects.filter(state=PlanState.OPEN, day__year__in=near, organisation__path__startswith=path)
    news = [plan for plan in rows.with_names() if _mark(_changes(plan)) != plan.moves_told]
    told = [plan.pk for plan in news if tell_plan(plan=plan, actor=run.actor)]
    run.outcome(told=len(told))


@act("plans.tell_plan")
def tell_plan(*, plan: Plan, actor: Actor) -> bool:
    """Say which dates in working days would be others now. Nothing has moved: somebody accepts them in the plan."""
    require(rules.may_manage(actor, plan.organisation))
    plan = Plan.objects.select_for_update(of=("self",)).select_related("subject", "organisation").get(pk=plan.pk)
    changes = _changes(plan)
    mark = _mark(changes)
    if mark == plan.moves_told:
        return False
    Plan.objects.filter(pk=plan.pk).update(moves_told=mark)
    if not changes:
        return False
    people = holders_at(plan.organisation, *rules.MANAGERS)
    context = {"plan": plan, "changes": changes[:SHOWN], "more": max(0, len(changes) - SHOWN), **_basis(changes)}
    for user in people:
        send(
            to=Recipient.of(user), template="plans/messages/moved",
            context=context, actor=actor, subject=plan.subject, href=reverse("plans:dates", args=[plan.code]),
        )  # fmt: skip
    record(changes=len(changes), told=len(people))
    return True


def _changes(plan: Plan) -> list[DateChange]:
    """Those that are counted in working days: the others hang on no list."""
    return [change for change in date_changes(plan) if change.deadline is not None]


def _mark(changes: Sequence[DateChange]) -> str:
    """The same for the same moves, however often the list is touched; empty without any."""
    if not changes:
        return ""
    text = ";".join(f"{change.key}={change.new}" for change in changes)
    return hashlib.sha256(text.encode()).hexdigest()


def _basis(changes: Sequence[DateChange]) -> dict[str, str]:
    """The lists that the new dates rest on, and the years that have none."""
    found = [change.deadline for change in changes if change.deadline]
    lists = {row.pk: row.name for deadline in found for row in deadline.list_used}
    missing = sorted({year for deadline in found for year in deadline.missing})
    return {"lists": "; ".join(lists.values()), "missing": ", ".join(map(str, missing))}

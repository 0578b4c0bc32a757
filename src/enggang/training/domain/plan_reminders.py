"""Every morning: action plans whose day comes near, and those that a superior has left lying."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.notices.domain.messages import send
from enggang.training import rules
from enggang.training.domain.action_plans import superior_address
from enggang.training.domain.reaching import recipient
from enggang.training.enums import PlanState
from enggang.training.models import ActionPlan
from enggang.training.models.action_plan import ActionPlanQuerySet
from enggang.training.queries.action_plans import days


def queue_plan_reminders() -> None:
    """Called by the daily schedule."""
    enqueue(remind_plans, actor=SYSTEM)


@job("training.remind_plans")
def remind_plans(run: JobRun) -> None:
    """One reminder for each plan and stage; safe to run twice, what was reminded is passed over."""
    rows = plans_due().with_names().select_related("superior__user", "registration__person__user")
    for plan in rows:
        remind_plan(plan=plan, actor=run.actor)
    run.outcome(reminded=len(rows))


def plans_due() -> ActionPlanQuerySet:
    """Whose day comes near and who was not reminded since it was agreed; who waits for a superior for too long."""
    today = clock.today()
    near = Q(state=PlanState.ACCEPTED, due_on__lte=today + timedelta(days=days("remind_days_before")))
    slow = Q(
        state=PlanState.SUBMITTED,
        submitted_at__lt=clock.now() - timedelta(days=days("superior_days")),
        superior__isnull=False,
    )
    asked_since = Q(reminded_on__isnull=False) & (
        Q(state=PlanState.SUBMITTED, reminded_on__gt=today - timedelta(days=days("superior_days")))
        | Q(state=PlanState.ACCEPTED)
    )
    return ActionPlan.objects.filter(near | slow).exclude(asked_since)


@act("training.remind_plan")
def remind_plan(*, plan: ActionPlan, actor: Actor) -> ActionPlan:
    """Remind whoever has the next step of a plan: the participant, or the superior."""
    require(rules.may_manage(actor, plan.registration.wave.organisation))
    row = plan.registration
    context: dict[str, object] = {"plan": plan, "registration": row, "wave": row.wave}
    if plan.state == PlanState.SUBMITTED and plan.superior is not None:
        context["address"] = superior_address(plan, actor)
        to, template = recipient(plan.superior), "training/messages/plan_to_judge"
        href = reverse("training:action_plan", args=[plan.code])
    else:
        to, template = recipient(row.person), "training/messages/plan_due"
        href = reverse("training:own_plan", args=[row.code])
    send(to=to, template=template, context=context, actor=actor, subject=plan.subject, href=href)
    ActionPlan.objects.filter(pk=plan.pk).update(reminded_on=clock.today())
    record_subject(plan.subject)
    record(state=str(plan.state))
    return plan

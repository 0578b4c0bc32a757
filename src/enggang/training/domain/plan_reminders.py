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
from enggang.notices.models import Notice
from enggang.people.models import Person
from enggang.training import rules
from enggang.training.domain.action_plans import superior_address
from enggang.training.domain.reaching import is_reachable, recipient
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
    )
    asked_since = Q(reminded_on__isnull=False) & (
        Q(state=PlanState.SUBMITTED, reminded_on__gt=today - timedelta(days=days("superior_days")))
        | Q(state=PlanState.ACCEPTED)
    )
    return ActionPlan.objects.filter(near | slow).exclude(asked_since)


@act("training.remind_plan")
def remind_plan(*, plan: ActionPlan, actor: Actor) -> ActionPlan:
    """Remind whoever has the next step of a plan: the participant, or the superior.

    A superior without account and e-mail is reached through the participant, who gets the address to hand on. Whom no
    notice reaches is not counted as reminded: the plan stays in the list of those to be told by hand.
    """
    require(rules.may_manage(actor, plan.registration.wave.organisation))
    told = _tell_superior(plan, actor) if plan.state == PlanState.SUBMITTED else _tell_author(plan, actor)
    if told:
        ActionPlan.objects.filter(pk=plan.pk).update(reminded_on=clock.today())
    record_subject(plan.subject)
    record(state=str(plan.state), notices=len(told))
    return plan


def _tell_superior(plan: ActionPlan, actor: Actor) -> list[Notice]:
    author, superior = plan.registration.person, plan.superior
    reached = superior if superior and is_reachable(superior) else None
    if reached is None and not is_reachable(author):
        return []
    context = {**_context(plan), "address": superior_address(plan, actor)}
    if reached is None:
        own = reverse("training:own_plan", args=[plan.registration.code])
        return _send(author, "training/messages/plan_to_hand_on", context, plan, actor, own)
    judged = reverse("training:action_plan", args=[plan.code])
    return _send(reached, "training/messages/plan_to_judge", context, plan, actor, judged)


def _tell_author(plan: ActionPlan, actor: Actor) -> list[Notice]:
    row = plan.registration
    own = reverse("training:own_plan", args=[row.code])
    return _send(row.person, "training/messages/plan_due", _context(plan), plan, actor, own)


def _context(plan: ActionPlan) -> dict[str, object]:
    return {"plan": plan, "registration": plan.registration, "wave": plan.registration.wave}


def _send(
    person: Person, template: str, context: dict[str, object], plan: ActionPlan, actor: Actor, href: str
) -> list[Notice]:
    return send(to=recipient(person), template=template, context=context, actor=actor, subject=plan.subject, href=href)

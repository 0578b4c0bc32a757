"""Action plans (rencana tindak lanjut): written by the participant, agreed and confirmed by their superior."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, prolong_links, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move, overtaken
from enggang.notices.domain.messages import send
from enggang.people.models import Employment, Person
from enggang.training import rules
from enggang.training.domain.asking import keep_evidence
from enggang.training.domain.reaching import recipient
from enggang.training.domain.registrations import page_expires_at
from enggang.training.enums import PLAN_MOVES, PlanState
from enggang.training.models import ActionPlan, PlanStep, Registration

LINK_DAYS = 60  # how long a superior's private address lives
MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the participant types. ``superior_name`` and ``superior_post`` count where no superior is on record."""

    change: str
    unit: str
    target_kind: str
    target: str
    proof: str
    due_on: date
    superior_name: str = ""
    superior_post: str = ""


def recorded_superior(registration: Registration) -> Person | None:
    work = Employment.objects.present().filter(person=registration.person).select_related("superior").first()
    return work.superior if work else None


@act("training.write_plan")
def write_plan(
    *, registration: Registration, facts: PlanFacts, actor: Actor, plan: ActionPlan | None = None, version: int = 0
) -> ActionPlan:
    """Write the plan of a participant with a seat, or change one that is not submitted. Only themselves."""
    require(rules.is_own(actor, registration))
    if not registration.is_seated:
        raise Conflict(_("An action plan belongs to somebody with a confirmed seat."))
    if plan is None:
        Registration.objects.select_for_update().get(pk=registration.pk)  # two tabs that begin at once
        if ActionPlan.objects.filter(registration=registration).exists():
            raise Conflict(_("You have begun a plan already. Reload the page to see it."))
        plan = ActionPlan(registration=registration, subject=ActionPlan.new_subject(registration.agency.code))
    else:
        _refuse_settled(plan)
        keep_version(plan, version)
    if facts.due_on <= registration.wave.starts_on:
        raise Conflict(_("The day by which it is done must lie after the wave has begun."))
    for name in ("change", "unit", "target_kind", "target", "proof", "due_on"):
        setattr(plan, name, getattr(facts, name))
    plan.superior = recorded_superior(registration)
    plan.superior_name = plan.superior.name if plan.superior else facts.superior_name.strip()
    plan.superior_post = "" if plan.superior else facts.superior_post.strip()
    _keep(plan)
    _keep_page_open(registration, actor)
    record_subject(registration.subject)
    record(kind=plan.target_kind, due_on=plan.due_on.isoformat())
    return plan


def _keep_page_open(registration: Registration, actor: Actor) -> None:
    """Who has no account reports the plan on the page they were given when they registered."""
    until = page_expires_at(registration)
    prolong_links(scope=LinkScope.REGISTRATION, subject=registration.subject, until=until, actor=actor)


def _refuse_settled(plan: ActionPlan) -> None:
    if not plan.may_be_written:
        raise Conflict(_("This plan is submitted or agreed. Take it back, or ask your superior to return it."))


def _keep(plan: ActionPlan) -> None:
    try:
        plan.clean_fields(exclude=["subject", "registration", "superior"])
    except ValidationError as error:
        raise Conflict(" ".join(error.messages)) from error
    with told(ActionPlan):
        plan.save()


@act("training.submit_plan")
def submit_plan(*, plan: ActionPlan, actor: Actor) -> tuple[ActionPlan, str]:
    """Hand the plan to the superior, who is told; answers it with the private address to forward by hand."""
    require(rules.is_own(actor, plan.registration))
    move(plan, PlanState.SUBMITTED, moves=PLAN_MOVES, submitted_at=clock.now(), reason="")
    record_subject(plan.subject)
    record(superior_on_record=plan.superior_id is not None)
    return plan, _ask_superior(plan, actor)


def _ask_superior(plan: ActionPlan, actor: Actor) -> str:
    address = superior_address(plan, actor)
    _send_address(plan, address, actor)
    return address


def _ask_again(plan: ActionPlan, actor: Actor) -> None:
    """To confirm what they agreed to: the address they have stays good, for it may be the only one they will see."""
    until = clock.now() + timedelta(days=LINK_DAYS)
    prolong_links(scope=LinkScope.ACTION_PLAN, subject=plan.subject, until=until, actor=actor)
    if plan.superior is not None:
        _send_address(plan, _open_address(plan, actor), actor)


def _send_address(plan: ActionPlan, address: str, actor: Actor) -> None:
    if plan.superior is not None:
        context = {"plan": plan, "registration": plan.registration, "address": address}
        send(
            to=recipient(plan.superior), template="training/messages/plan_to_judge", context=context, actor=actor,
            subject=plan.subject, href=reverse("training:action_plan", args=[plan.code]),
        )  # fmt: skip


def superior_address(plan: ActionPlan, actor: Actor) -> str:
    """A new private address for the superior; the earlier ones end."""
    revoke_links(scope=LinkScope.ACTION_PLAN, subject=plan.subject, actor=actor)
    return _open_address(plan, actor)


def _open_address(plan: ActionPlan, actor: Actor) -> str:
    until = clock.now() + timedelta(days=LINK_DAYS)
    token = open_link(scope=LinkScope.ACTION_PLAN, subject=plan.subject, actor=actor, expires_at=until)[1]
    return settings.PUBLIC_URL + reverse("training:plan_by_link", args=[token])


@act("training.forward_plan")
def forward_plan(*, plan: ActionPlan, actor: Actor) -> str:
    """A new private address for the superior, to be forwarded by hand; answers it."""
    require(rules.is_own(actor, plan.registration))
    if not plan.waits_for_superior:
        raise Conflict(_("Nothing waits for your superior now."))
    record_subject(plan.subject)
    return superior_address(plan, actor)


@act("training.take_back_plan")
def take_back_plan(*, plan: ActionPlan, actor: Actor) -> ActionPlan:
    """Take a submitted plan back before it is judged; the superior's address ends."""
    require(rules.is_own(actor, plan.registration))
    record_subject(plan.subject)
    revoke_links(scope=LinkScope.ACTION_PLAN, subject=plan.subject, actor=actor)
    return move(plan, PlanState.DRAFT, moves=PLAN_MOVES)


@act("training.agree_plan")
def agree_plan(*, plan: ActionPlan, actor: Actor, version: int | None = None) -> ActionPlan:
    """The superior agrees: from now on it is under way. ``version`` is that of the plan they read.

    Raises Conflict when it was taken back and submitted with other words since then.
    """
    require(rules.may_judge_plan(actor, plan))
    _refuse_unread(plan, version)
    move(plan, PlanState.ACCEPTED, moves=PLAN_MOVES, agreed_at=clock.now(), agreed_by_key=actor.key, reason="")
    record_subject(plan.subject)
    _tell(plan, "training/messages/plan_agreed", actor)
    return plan


def _refuse_unread(plan: ActionPlan, version: int | None) -> None:
    if version is not None and not ActionPlan.objects.select_for_update().filter(pk=plan.pk, version=version).first():
        raise overtaken()


@act("training.return_plan")
def return_plan(*, plan: ActionPlan, reason: str, actor: Actor) -> ActionPlan:
    """Send a plan back to be revised, also one that was agreed; the participant reads why."""
    require(rules.may_judge_plan(actor, plan))
    move(plan, PlanState.RETURNED, moves=PLAN_MOVES, reason=_needed(reason))
    record_subject(plan.subject)
    _tell(plan, "training/messages/plan_returned", actor)
    return plan


@act("training.report_plan")
def report_plan(
    *, plan: ActionPlan, text: str, actor: Actor, content: bytes = b"", name: str = "", done: bool = False
) -> PlanStep:
    """Tell what was done, with its proof; ``done`` asks the superior to confirm that the plan is carried out."""
    require(rules.is_own(actor, plan.registration))
    if not plan.is_under_way:
        raise Conflict(_("Progress is reported on a plan that is agreed and under way."))
    if plan.steps.count() >= MOST_STEPS:
        raise Conflict(_("This plan has many reports already. Report it as done, or ask your superior."))
    if not text.strip():
        raise Conflict(_("Tell what was done."))
    stored = None
    if content:
        stored = keep_evidence(content=content, name=name, organisation=plan.registration.agency, actor=actor)
    step = PlanStep.objects.create(plan=plan, at=clock.now(), text=text.strip()[:2000], file=stored)
    if done:
        move(plan, PlanState.REPORTED, moves=PLAN_MOVES)
        _ask_again(plan, actor)
    record_subject(plan.subject)
    record(done=done, proof=stored is not None)
    return step


@act("training.confirm_plan")
def confirm_plan(*, plan: ActionPlan, actor: Actor) -> ActionPlan:
    """The superior has seen that it is carried out."""
    require(rules.may_judge_plan(actor, plan))
    move(plan, PlanState.DONE, moves=PLAN_MOVES, done_at=clock.now(), reason="")
    record_subject(plan.subject)
    _tell(plan, "training/messages/plan_done", actor)
    return plan


@act("training.reopen_plan")
def reopen_plan(*, plan: ActionPlan, reason: str, actor: Actor) -> ActionPlan:
    """Not done yet after all: it is under way again, and the participant reads why."""
    require(rules.may_judge_plan(actor, plan))
    move(plan, PlanState.ACCEPTED, moves=PLAN_MOVES, done_at=None, reason=_needed(reason))
    record_subject(plan.subject)
    _tell(plan, "training/messages/plan_reopened", actor)
    return plan


@act("training.drop_plan")
def drop_plan(*, plan: ActionPlan, reason: str, actor: Actor) -> ActionPlan:
    """Give the plan up, with the reason; what was reported stays."""
    require(rules.is_own(actor, plan.registration))
    record_subject(plan.subject)
    return move(plan, PlanState.DROPPED, moves=PLAN_MOVES, reason=_needed(reason))


@act("training.revive_plan")
def revive_plan(*, plan: ActionPlan, actor: Actor) -> ActionPlan:
    """Take up a plan that was given up: it is a draft again."""
    require(rules.is_own(actor, plan.registration))
    record_subject(plan.subject)
    return move(plan, PlanState.DRAFT, moves=PLAN_MOVES, reason="")


def _needed(reason: str) -> str:
    if not (clean := " ".join(reason.split())):
        raise Conflict(_("Say why: the other side will read it."))
    return clean[:500]


def _tell(plan: ActionPlan, template: str, actor: Actor) -> None:
    row = plan.registration
    context = {"plan": plan, "registration": row, "wave": row.wave}
    href = reverse("training:own_plan", args=[row.code])
    send(to=recipient(row.person), template=template, context=context, actor=actor, subject=plan.subject, href=href)

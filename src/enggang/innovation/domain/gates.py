"""The gates between the stages: passed, returned, stopped with a reason, taken up again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import move
from enggang.core.text import one_line
from enggang.innovation import rules
from enggang.innovation.domain.innovations import index
from enggang.innovation.enums import FORWARD, STAGE_MOVES, STOPPABLE, Stage
from enggang.innovation.models import GateStep, Innovation
from enggang.innovation.queries.gates import Gate, due_after, gate_of, may_pass, unlawful
from enggang.innovation.queries.monitoring import every_of, months_later
from enggang.notices.domain.messages import Recipient, send


@act("innovation.pass_gate")
def pass_gate(
    *, innovation: Innovation, to: str, decider: str, decided_on: date, actor: Actor, reason: str = ""
) -> Innovation:
    """Through the next gate, to stage ``to``. What is required and not met needs a reason; what is binding has to be met.

    Raises Conflict when it stands elsewhere by now, nobody owns it, or a trial would end without hypothesis, stop rule
    and a measured baseline, whatever the checklist of the agency says.
    """
    gate = gate_of(innovation)
    require(may_pass(actor, innovation, gate), _why_not(actor, innovation, gate))
    if gate.to is None or gate.to != to:
        raise Conflict(_("It is at another stage now. Reload the page."))
    if innovation.owner_id is None:
        raise Conflict(_("Name an owner first: nothing goes on without one."))
    if lacking := unlawful(innovation, gate.to):
        raise Conflict(
            _("Nothing leaves the trial without this: %(what)s.") % {"what": _listed(each.label for each in lacking)}
        )
    _heed(gate, reason)
    dated = _dates(innovation, gate.to, decided_on)
    return _step(innovation, gate.to, decider, decided_on, reason, actor, missing=len(gate.missing), **dated)


def _listed(words: Iterable[Any]) -> str:
    return "; ".join(str(word) for word in words)


def _heed(gate: Gate, reason: str) -> None:
    if gate.binding:
        names = _listed(row.item for row in gate.binding)
        raise Conflict(_("This has to be met, and no reason replaces it: %(items)s.") % {"items": names})
    if gate.missing and not reason.strip():
        names = _listed(row.item for row in gate.missing)
        raise Conflict(
            _("Not seen to yet: %(items)s. See to it, or give the reason to go on without.") % {"items": names}
        )


def _why_not(actor: Actor, innovation: Innovation, gate: Gate) -> str:
    if gate.rule and rules.may_decide(actor, innovation):
        return _("This gate is decided by %(who)s.") % {"who": gate.rule.get_decider_display()}
    return _own_gate(actor, innovation)


def _own_gate(actor: Actor, innovation: Innovation) -> str:
    return _("Nobody decides about an innovation of their own.") if rules.owns(actor, innovation) else ""


def _dates(innovation: Innovation, to: Stage, decided_on: date) -> dict[str, Any]:
    """What the gate itself dates, and what is due next."""
    if to == Stage.TRIAL:
        return {"trial_on": decided_on, "trial_until": None}
    if to == Stage.ADOPTED:
        first = months_later(decided_on, every_of(innovation))
        return {"trial_until": decided_on, "adopted_on": decided_on, "due_on": first}
    return {}


@act("innovation.return_innovation")
def return_innovation(
    *, innovation: Innovation, reason: str, decider: str, decided_on: date, actor: Actor
) -> Innovation:
    """One stage back, with a reason; the date that the gate had set goes with it."""
    require(rules.may_decide(actor, innovation), _own_gate(actor, innovation))
    target = innovation.former_stage
    if target is None:
        raise Conflict(_("There is no stage before this one."))
    _explain(reason)
    cleared: dict[Stage, dict[str, Any]] = {
        Stage.TRIAL: {"trial_on": None, "trial_until": None},
        Stage.ADOPTED: {"adopted_on": None, "trial_until": None, "published_at": None},
    }
    return _step(innovation, target, decider, decided_on, reason, actor, **cleared.get(Stage(innovation.stage), {}))


@act("innovation.stop_innovation")
def stop_innovation(*, innovation: Innovation, reason: str, decider: str, decided_on: date, actor: Actor) -> Innovation:
    """It does not go on. What was learnt stays on record with the reason."""
    require(rules.may_decide(actor, innovation), _own_gate(actor, innovation))
    _explain(reason)
    if innovation.stage not in STOPPABLE:
        raise Conflict(_("It is stopped already."))
    return _step(innovation, Stage.STOPPED, decider, decided_on, reason, actor, published_at=None)


@act("innovation.revive_innovation")
def revive_innovation(
    *, innovation: Innovation, reason: str, decider: str, decided_on: date, actor: Actor
) -> Innovation:
    """Take a stop back: it stands where it stood before."""
    require(rules.may_decide(actor, innovation), _own_gate(actor, innovation))
    _explain(reason)
    if not innovation.is_stopped:
        raise Conflict(_("This is not stopped."))
    last = innovation.steps.filter(now=Stage.STOPPED).latest("pk")
    return _step(innovation, Stage(last.was), decider, decided_on, reason, actor)


@act("innovation.move_deadline")
def move_deadline(*, innovation: Innovation, due_on: date, reason: str, decider: str, actor: Actor) -> Innovation:
    """Another day for its next gate, with a reason: the day before it stays on record with the decisions.

    Raises Conflict for a day that is not to come, and where no gate is awaited: check-ups after adoption keep their days.
    """
    require(rules.may_decide(actor, innovation), _own_gate(actor, innovation))
    _explain(reason)
    locked = Innovation.objects.select_for_update().get(pk=innovation.pk)
    today = clock.today(innovation.organisation.time_zone)
    if not locked.awaits_gate or locked.stage != innovation.stage:
        raise Conflict(_("It is at another stage now. Reload the page."))
    if due_on <= today:
        raise Conflict(_("The new deadline has to be a day to come."))
    if due_on == locked.due_on:
        raise Conflict(_("That is the deadline already."))
    step = _written(locked, Stage(locked.stage), decider, today, reason, actor)
    Innovation.objects.filter(pk=innovation.pk).update(due_on=due_on, reminded_on=None)
    step.save()
    innovation.due_on = due_on
    _tell(innovation, step, actor)
    record_subject(innovation.subject)
    record(was=locked.due_on.isoformat() if locked.due_on else "", now=due_on.isoformat())
    return innovation


def _explain(reason: str) -> None:
    if not reason.strip():
        raise Conflict(_("Give the reason. It is kept with the decision."))


def _step(
    innovation: Innovation, to: Stage, decider: str, decided_on: date, reason: str, actor: Actor, missing: int = 0, **also: Any
) -> Innovation:  # fmt: skip
    was = Stage(innovation.stage)
    _check_day(innovation, decided_on)
    step = _written(innovation, to, decider, decided_on, reason, actor, missing)
    due = None if to == Stage.STOPPED else due_after(innovation.organisation, FORWARD.get(to), decided_on)
    dated = {"stage_since": decided_on, "due_on": due, "reminded_on": None, **also}
    move(innovation, to, moves={was: STAGE_MOVES[was]}, field="stage", **dated)
    step.save()
    index(innovation)
    _tell(innovation, step, actor)
    record(was=str(was), now=str(to), missing=missing)
    return innovation


def _written(
    innovation: Innovation, to: Stage, decider: str, decided_on: date, reason: str, actor: Actor, missing: int = 0
) -> GateStep:
    """A decision about where it stands, checked and not on record yet, with the day by which it was due."""
    step = GateStep(
        innovation=innovation, was=innovation.stage, now=to, decider=one_line(decider, 160), decided_on=decided_on,
        reason=one_line(reason, 500), missing=missing, due_on=innovation.due_on, noted_at=clock.now(), noted_by_key=actor.key,
    )  # fmt: skip
    step.clean_fields()
    return step


def _tell(innovation: Innovation, step: GateStep, actor: Actor) -> None:
    """The owner reads what was decided."""
    user = innovation.owner.user if innovation.owner else None
    if user is not None and user.pk != actor.user_id:
        send(
            to=Recipient.of(user), template="innovation/messages/decided", actor=actor, subject=innovation.subject,
            context={"innovation": innovation, "step": step}, href=reverse("innovation:gates", args=[innovation.code]),
        )  # fmt: skip


def _check_day(innovation: Innovation, decided_on: date) -> None:
    if decided_on > clock.today(innovation.organisation.time_zone):
        raise Conflict(_("This decision lies in the future."))
    if decided_on < innovation.stage_since:
        raise Conflict(_("This decision lies before the day on which it came to this stage."))

"""The gates between the stages: passed, returned, stopped with a reason, taken up again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.states import move
from enggang.core.text import one_line
from enggang.innovation import rules
from enggang.innovation.domain.innovations import index
from enggang.innovation.enums import STAGE_MOVES, STOPPABLE, Stage
from enggang.innovation.models import GateStep, Innovation


@act("innovation.pass_gate")
def pass_gate(
    *, innovation: Innovation, to: str, decider: str, decided_on: date, actor: Actor, reason: str = ""
) -> Innovation:
    """Through the next gate, to stage ``to``. Raises Conflict when it stands elsewhere by now or nobody owns it."""
    require(rules.may_decide(actor, innovation), _own_gate(actor, innovation))
    if innovation.next_stage is None or innovation.next_stage != to:
        raise Conflict(_("It is at another stage now. Reload the page."))
    if innovation.owner_id is None:
        raise Conflict(_("Name an owner first: nothing goes on without one."))
    return _step(
        innovation, innovation.next_stage, decider, decided_on, reason, actor, **_dates(innovation, decided_on)
    )


def _own_gate(actor: Actor, innovation: Innovation) -> str:
    return _("Nobody decides about an innovation of their own.") if rules.owns(actor, innovation) else ""


def _dates(innovation: Innovation, decided_on: date) -> dict[str, Any]:
    """What the gate itself dates."""
    if innovation.next_stage == Stage.TRIAL:
        return {"trial_on": decided_on, "trial_until": None}
    if innovation.next_stage == Stage.ADOPTED:
        return {"trial_until": decided_on, "adopted_on": decided_on}
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


def _explain(reason: str) -> None:
    if not reason.strip():
        raise Conflict(_("Give the reason. It is kept with the decision."))


def _step(
    innovation: Innovation, to: Stage, decider: str, decided_on: date, reason: str, actor: Actor, **also: Any
) -> Innovation:
    was = Stage(innovation.stage)
    _check_day(innovation, decided_on)
    step = GateStep(
        innovation=innovation, was=was, now=to, decider=one_line(decider, 160), decided_on=decided_on,
        reason=one_line(reason, 500), due_on=innovation.due_on, noted_at=clock.now(), noted_by_key=actor.key,
    )  # fmt: skip
    step.clean_fields()
    move(innovation, to, moves={was: STAGE_MOVES[was]}, field="stage", stage_since=decided_on, due_on=None, **also)
    step.save()
    index(innovation)
    record(was=str(was), now=str(to))
    return innovation


def _check_day(innovation: Innovation, decided_on: date) -> None:
    if decided_on > clock.today(innovation.organisation.time_zone):
        raise Conflict(_("This decision lies in the future."))
    if decided_on < innovation.stage_since:
        raise Conflict(_("This decision lies before the day on which it came to this stage."))

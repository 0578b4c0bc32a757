"""The gates of an edition: forward with a checklist, back with a reason, cancelled and taken up again."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import move
from enggang.events import rules
from enggang.events.domain.entrances import follow_edition_at_gates
from enggang.events.domain.stall_links import tell_vendors
from enggang.events.domain.visitor_news import follow_edition
from enggang.events.enums import BACK, FORWARD, STAGE_MOVES, News, Stage
from enggang.events.enums_stalls import StallNews
from enggang.events.models import Edition, GateCheck, GateItem, StageStep
from enggang.events.queries.gates import gate_of

MOST_REASON = 500


@act("events.advance_edition")
def advance_edition(
    *, edition: Edition, to: str, decider: str, decided_on: date, actor: Actor, reason: str = ""
) -> Edition:
    """Through the next gate. What is required and not seen to needs a reason, which is kept with the decision."""
    target = _stage(to)
    require(rules.may_move(actor, edition, target))
    if FORWARD.get(Stage(edition.stage)) != target:
        raise Conflict(_("The edition is at another stage now. Reload the page."))
    missing = [row for row in gate_of(edition).rows if row.is_missing]
    if missing and not reason.strip():
        names = "; ".join(row.item.text for row in missing)
        raise Conflict(
            _("Not seen to yet: %(items)s. See to it, or give the reason to go on without.") % {"items": names}
        )
    return take_step(edition, target, decider, decided_on, reason, actor, missing=len(missing))


@act("events.step_back")
def step_back(*, edition: Edition, reason: str, decider: str, decided_on: date, actor: Actor) -> Edition:
    """One stage back, with a reason."""
    target = BACK.get(Stage(edition.stage))
    require(rules.may_step_back(actor, edition))
    if target is None:
        raise Conflict(_("There is no stage before this one."))
    _reason(reason)
    return take_step(edition, target, decider, decided_on, reason, actor)


@act("events.cancel_edition")
def cancel_edition(*, edition: Edition, reason: str, decider: str, decided_on: date, actor: Actor) -> Edition:
    """It will not be held. What stands stays on record; the page lists what has to be undone with others."""
    require(rules.may_manage(actor, edition.organisation))
    _reason(reason)
    was = edition.stage
    text = reason.strip()[:MOST_REASON]
    take_step(edition, Stage.CANCELLED, decider, decided_on, reason, actor, stage_before=was, cancel_reason=text)
    follow_edition(edition, News.CANCELLED, actor)
    follow_edition_at_gates(edition, actor)
    record(vendors=tell_vendors(edition, StallNews.CANCELLED, actor))
    return edition


@act("events.revive_edition")
def revive_edition(*, edition: Edition, reason: str, decider: str, decided_on: date, actor: Actor) -> Edition:
    """Take a cancellation back: it stands where it stood before."""
    require(rules.may_manage(actor, edition.organisation))
    _reason(reason)
    if not edition.is_cancelled:
        raise Conflict(_("This edition is not cancelled."))
    target = Stage(edition.stage_before or Stage.IDEA)
    take_step(edition, target, decider, decided_on, reason, actor, stage_before="", cancel_reason="")
    follow_edition(edition, News.HELD, actor)
    follow_edition_at_gates(edition, actor)
    record(vendors=tell_vendors(edition, StallNews.REVIVED, actor))
    return edition


def take_step(
    edition: Edition,
    to: Stage,
    decider: str,
    decided_on: date,
    reason: str,
    actor: Actor,
    missing: int = 0,
    **also: str,
) -> Edition:
    """Inside an act that has asked who may."""
    if decided_on > clock.today(edition.time_zone):
        raise Conflict(_("This decision lies in the future."))
    was = Stage(edition.stage)
    step = StageStep(
        edition=edition, was=was, now=to, decided_on=decided_on, decider=decider.strip(), missing=missing,
        reason=reason.strip()[:MOST_REASON], noted_at=clock.now(), noted_by_key=actor.key,
    )  # fmt: skip
    step.clean_fields()
    move(edition, to, moves={was: STAGE_MOVES[was]}, field="stage", **also)
    step.save()
    record(was=str(was), now=str(to), missing=missing)
    return edition


def _stage(text: str) -> Stage:
    try:
        return Stage(text)
    except ValueError:
        raise Conflict(_("There is no such stage.")) from None


def _reason(text: str) -> None:
    if not text.strip():
        raise Conflict(_("Give the reason. It is kept with the decision."))


@act("events.tick_item")
def tick_item(*, edition: Edition, item: GateItem, actor: Actor, note: str = "") -> GateCheck:
    """Say that an item of the checklist is seen to. Twice is once: the note is renewed."""
    require(rules.may_manage(actor, edition.organisation) or rules.may_curate(actor, edition))
    if item.auto:
        raise Conflict(_("The record itself proves this item; it cannot be ticked."))
    facts = {"note": note.strip()[:300], "checked_at": clock.now(), "checked_by_key": actor.key}
    check, _made = GateCheck.objects.update_or_create(edition=edition, item=item, defaults=facts)
    record_subject(edition.subject)
    record(item=item.pk)
    return check


@act("events.untick_item")
def untick_item(*, edition: Edition, item: GateItem, actor: Actor) -> Edition:
    require(rules.may_manage(actor, edition.organisation) or rules.may_curate(actor, edition))
    edition.checks.filter(item=item).delete()
    record(item=item.pk)
    return edition

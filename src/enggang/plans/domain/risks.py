"""Acts on what may go wrong: risks, zones of the crowd, and the checklist."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record
from enggang.core.states import keep_version, move
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.plans.domain.plans import managed
from enggang.plans.enums import RISK_MOVES, RiskState
from enggang.plans.models import ChecklistItem, ChecklistTick, CrowdZone, Plan, Risk

MOST_RISKS = 300
MOST_ZONES = 200
LARGEST = 10 * 1024 * 1024  # bytes


@act("plans.keep_risk")
def keep_risk(*, risk: Risk, actor: Actor, version: int = 0, **facts: Any) -> Risk:
    """Enter a risk, or change one. After treatment both numbers are given, or none."""
    managed(risk.plan, actor)
    if risk.pk:
        keep_version(risk, version)
    elif risk.plan.risks.count() >= MOST_RISKS:
        raise Conflict(_("A register has at most %(most)s risks.") % {"most": MOST_RISKS})
    for name, value in facts.items():
        setattr(risk, name, value)
    if (risk.residual_likelihood is None) != (risk.residual_impact is None):
        raise Conflict(_("Give both numbers for what is left after the treatment, or none."))
    if risk.member is not None and risk.member.plan_id != risk.plan_id:
        raise Conflict(_("This section or person belongs to another plan."))
    risk.full_clean(exclude=["plan"])
    risk.save()
    record(risk=risk.pk, score=risk.score, residual=risk.residual)
    return risk


@act("plans.move_risk")
def move_risk(*, risk: Risk, to: RiskState, actor: Actor) -> Risk:
    managed(risk.plan, actor)
    if to == RiskState.TREATED and not risk.treatment:
        raise Conflict(_("Say first what was done about it, under “Treatment”."))
    record(risk=risk.pk, state=str(to))
    return move(risk, to, moves=RISK_MOVES)


@act("plans.keep_zone")
def keep_zone(*, zone: CrowdZone, actor: Actor, version: int = 0, **facts: Any) -> CrowdZone:
    managed(zone.plan, actor)
    if zone.pk:
        keep_version(zone, version)
    elif zone.plan.zones.count() >= MOST_ZONES:
        raise Conflict(_("A crowd plan has at most %(most)s zones.") % {"most": MOST_ZONES})
    for name, value in facts.items():
        setattr(zone, name, value)
    zone.full_clean(exclude=["plan"])
    zone.save()
    record(zone=zone.pk, area=zone.area, peak=zone.peak)
    return zone


@act("plans.drop_zone")
def drop_zone(*, zone: CrowdZone, actor: Actor) -> Plan:
    managed(zone.plan, actor)
    record(area=zone.area, peak=zone.peak)
    zone.delete()
    return zone.plan


@act("plans.tick_item")
def tick_item(
    *, plan: Plan, item: ChecklistItem, done: bool, note: str, version: int, actor: Actor,
    content: bytes = b"", filename: str = "",
) -> ChecklistTick:  # fmt: skip
    """Say how a point of the checklist stands. A photo or paper that is sent takes the place of the former one.

    ``version`` is 0 as long as nobody has said anything. Raises Conflict when somebody else was faster.
    """
    managed(plan, actor)
    tick = plan.ticks.filter(item=item).first() or ChecklistTick(plan=plan, item=item, version=0)
    if tick.pk:
        keep_version(tick, version)
    elif version:
        raise Conflict(
            _("This has changed in the meantime, so nothing was done. Reload the page to see how it stands.")
        )
    tick.done, tick.note, tick.changed_at = done, " ".join(note.split()), clock.now()
    if content:
        found = read_paper(content, filename, largest=LARGEST)
        tick.file = store_file(
            content=content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
            organisation=plan.organisation, actor=actor,
        )  # fmt: skip
    tick.version = max(tick.version, 1)
    tick.clean_fields()
    _save_tick(tick)
    record(item=item.key, done=done, size=len(content))
    return tick


def _save_tick(tick: ChecklistTick) -> None:
    try:
        with transaction.atomic():
            tick.save()
    except IntegrityError as error:
        raise Conflict(
            _("This has changed in the meantime, so nothing was done. Reload the page to see how it stands.")
        ) from error


@act("plans.drop_tick_file")
def drop_tick_file(*, tick: ChecklistTick, actor: Actor) -> ChecklistTick:
    """Take a wrong photo off; the stored file itself stays, with its trail."""
    managed(tick.plan, actor)
    record(file=tick.file.code if tick.file else "")
    tick.file = None
    tick.save(update_fields=["file"])
    return tick

"""The plan of a wave's opening: tasks counted back from its first day, its rundown, what may go wrong."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import act, record_subject, require
from enggang.plans.domain.plans import open_plan
from enggang.plans.models import Plan
from enggang.training import rules
from enggang.training.models import Wave


@act("training.plan_opening")
def plan_opening(*, wave: Wave, actor: Actor) -> Plan:
    """Open the wave's one plan, counted from its first day."""
    require(rules.may_manage(actor, wave.organisation))
    plan = open_plan(
        about=wave.subject, organisation=wave.organisation, title=_("Opening: %(wave)s") % {"wave": wave},
        day=wave.starts_on, zone=wave.time_zone, actor=actor,
    )  # fmt: skip
    record_subject(wave.subject)
    return plan

"""The plan of an edition on the plans engine: committee, tasks counted back from its first day, rundown, risks."""

from __future__ import annotations

from enggang.core.actor import Actor
from enggang.core.acts import act, record_subject, require
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.models import Edition
from enggang.plans.domain.plans import open_plan
from enggang.plans.models import Plan


@act("events.start_plan")
def start_plan(*, edition: Edition, actor: Actor) -> Plan:
    """Open the edition's one plan, counted from its first day."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    plan = open_plan(
        about=edition.subject, organisation=edition.organisation, title=str(edition), day=edition.starts_on,
        zone=edition.time_zone, actor=actor,
    )  # fmt: skip
    record_subject(edition.subject)
    return plan

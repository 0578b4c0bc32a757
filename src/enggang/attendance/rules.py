from __future__ import annotations

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor
from enggang.places.models import Organisation

PLANS_OCCASIONS = (Role.ADMINISTRATOR, Role.ORGANISER)
MARKS_ATTENDANCE = (*PLANS_OCCASIONS, Role.INSTRUCTOR)
READS_ATTENDANCE = (*MARKS_ATTENDANCE, Role.LEADER, Role.INSPECTOR, Role.TREASURER)  # signed lists are evidence


def may_plan_occasions(actor: Actor, organisation: Organisation) -> bool:
    return actor.holds(*PLANS_OCCASIONS, at=organisation.path)


def may_mark_attendance(actor: Actor, organisation: Organisation) -> bool:
    return actor.holds(*MARKS_ATTENDANCE, at=organisation.path)


def may_read_attendance(actor: Actor, organisation: Organisation) -> bool:
    return actor.holds(*READS_ATTENDANCE, at=organisation.path)


def may_scan_at_gate(actor: Actor, gate_code: str) -> bool:
    """By the gate's own link, and by nothing else: staff with an account mark under their own name."""
    return actor.may_by_link(LinkScope.GATE, gate_code)

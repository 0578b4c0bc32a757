from __future__ import annotations

from enggang.access.enums import Role
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


def may_plan_counting(actor: Actor, organisation: Organisation) -> bool:
    """Points, links, corrections and the result of counting people: whoever plans what they come to."""
    return actor.holds(*PLANS_OCCASIONS, at=organisation.path)

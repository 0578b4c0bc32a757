"""Who may, in indicators: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.places.models import Organisation

DEFINES = (Role.ADMINISTRATOR, Role.ORGANISER)
MEASURES = (*DEFINES, Role.COORDINATOR)
APPROVES = (Role.ADMINISTRATOR, Role.LEADER)
READS = (*MEASURES, Role.LEADER, Role.INSPECTOR, Role.TREASURER)


def may_define(actor: Actor, organisation: Organisation) -> bool:
    """What is counted, and what is aimed at: the agency's organisers."""
    return actor.holds(*DEFINES, at=organisation.path)


def may_measure(actor: Actor, organisation: Organisation) -> bool:
    """Entering a value: the organisers and the agency's coordinator."""
    return actor.holds(*MEASURES, at=organisation.path)


def may_verify(actor: Actor, organisation: Organisation, entered_by: str) -> bool:
    """An organiser, but never the one who entered the value."""
    return may_define(actor, organisation) and actor.key != entered_by


def may_approve(actor: Actor, organisation: Organisation, entered_by: str) -> bool:
    """The head of the agency or of one above it, but never who entered the value."""
    return actor.holds(*APPROVES, at=organisation.path) and actor.key != entered_by


def may_return(actor: Actor, organisation: Organisation) -> bool:
    """Whoever verifies or approves there."""
    return may_define(actor, organisation) or actor.holds(*APPROVES, at=organisation.path)


def may_ship(actor: Actor) -> bool:
    """Loading the shipped rows: the installation itself, or who rules all of it."""
    return actor.holds(Role.ADMINISTRATOR, at="/")

"""Who may, in innovation: pure functions of the actor's grants, and of what the actor owns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.innovation.enums import Decider

if TYPE_CHECKING:
    from enggang.innovation.models import Innovation
    from enggang.places.models import Organisation

MANAGERS = (Role.ADMINISTRATOR, Role.ORGANISER)
WRITERS = (*MANAGERS, Role.COORDINATOR)
DECIDERS = (*MANAGERS, Role.LEADER)
SEES_INSIDE = (*WRITERS, Role.LEADER, Role.INSPECTOR)


def may_enter(actor: Actor, organisation: Organisation) -> bool:
    """Entering and leading innovations of an agency: its organisers and its coordinator."""
    return actor.holds(*WRITERS, at=organisation.path)


def owns(actor: Actor, innovation: Innovation) -> bool:
    owner = innovation.owner
    return owner is not None and actor.user_id is not None and owner.user_id == actor.user_id


def may_write(actor: Actor, innovation: Innovation) -> bool:
    """The owner, and whoever writes for the agency."""
    return owns(actor, innovation) or may_enter(actor, innovation.organisation)


def may_decide(actor: Actor, innovation: Innovation, decider: str = "") -> bool:
    """Gates are decided by the agency's head or organisers as ``decider`` says, and never by the owner."""
    roles = (Role.ADMINISTRATOR, Role.LEADER) if decider == Decider.LEADER else DECIDERS
    return actor.holds(*roles, at=innovation.organisation.path) and not owns(actor, innovation)


def may_check(actor: Actor, innovation: Innovation) -> bool:
    """Criteria are judged by whoever could decide, or works for the agency's innovations; not by the owner."""
    return actor.holds(*DECIDERS, *WRITERS, at=innovation.organisation.path) and not owns(actor, innovation)


def may_publish(actor: Actor, innovation: Innovation) -> bool:
    """What the public reads is released by an organiser."""
    return actor.holds(*MANAGERS, at=innovation.organisation.path)


def sees_inside(actor: Actor, innovation: Innovation) -> bool:
    """Decisions, scores and measurements: the owner and the staff of the agency."""
    return owns(actor, innovation) or actor.holds(*SEES_INSIDE, at=innovation.organisation.path)


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """The agency's own reference rows."""
    return actor.holds(*MANAGERS, at=organisation.path)


def may_ship(actor: Actor) -> bool:
    """Loading shipped rows: the installation itself, or who rules all of it."""
    return actor.holds(Role.ADMINISTRATOR, at="/")

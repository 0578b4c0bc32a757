"""Who may, in plans: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.places.models import Organisation

MANAGERS = (Role.ADMINISTRATOR, Role.ORGANISER)
READS = (*MANAGERS, Role.TREASURER, Role.LEADER, Role.INSPECTOR)


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Plans and reference rows: the agency's organisers."""
    return actor.holds(*MANAGERS, at=organisation.path)


def may_read(actor: Actor, organisation: Organisation) -> bool:
    return actor.holds(*READS, at=organisation.path)


def may_ship(actor: Actor) -> bool:
    """Loading the shipped rows: the installation itself, or who rules all of it."""
    return actor.holds(Role.ADMINISTRATOR, at="/")

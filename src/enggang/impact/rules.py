"""Who may, in impact: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.places.models import Organisation

WRITERS = (Role.ADMINISTRATOR, Role.ORGANISER)
LEADS = (*WRITERS, Role.LEADER)
READS = (*LEADS, Role.INSPECTOR)


def may_link(actor: Actor, organisation: Organisation) -> bool:
    """Saying that something contributed to an indicator: the organisers of the agency that says so."""
    return actor.holds(*WRITERS, at=organisation.path)


def may_promise(actor: Actor, organisation: Organisation) -> bool:
    """What was agreed on a Monday is written down by the head or by an organiser."""
    return actor.holds(*LEADS, at=organisation.path)


def may_read(actor: Actor, organisation: Organisation) -> bool:
    return actor.holds(*READS, at=organisation.path)


def may_state_cause(actor: Actor, organisation: Organisation) -> bool:
    """Whoever may be asked about an indicator: the head, the organisers, and the coordinator who enters its values."""
    return actor.holds(*LEADS, Role.COORDINATOR, at=organisation.path)

from __future__ import annotations

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.places.models import Organisation

MANAGES_OFFERS = (Role.ADMINISTRATOR, Role.ORGANISER)
READS_OFFERS = (*MANAGES_OFFERS, Role.COORDINATOR, Role.INSTRUCTOR, Role.LEADER, Role.INSPECTOR)


def may_divide(actor: Actor, offerer: Organisation, owner: Organisation) -> bool:
    """A quota is divided by the coordinator of the organisation it belongs to, or by the offer's organiser."""
    return actor.holds(Role.COORDINATOR, Role.ADMINISTRATOR, at=owner.path) or may_manage_offer(actor, offerer)


def may_manage_offer(actor: Actor, organisation: Organisation) -> bool:
    return actor.holds(*MANAGES_OFFERS, at=organisation.path)

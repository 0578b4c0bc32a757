from __future__ import annotations

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.places.models import Organisation

ISSUES = (Role.ADMINISTRATOR, Role.ORGANISER)
READS = (*ISSUES, Role.LEADER, Role.INSPECTOR)


def may_issue(actor: Actor, organisation: Organisation) -> bool:
    """Open registers, take numbers, freeze and void papers of the organisation."""
    return actor.holds(*ISSUES, at=organisation.path)

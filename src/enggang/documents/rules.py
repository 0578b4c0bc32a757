from __future__ import annotations

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.places.models import Organisation

ISSUES = (Role.ADMINISTRATOR, Role.ORGANISER)
READS = (*ISSUES, Role.LEADER, Role.INSPECTOR, Role.TREASURER)  # letters are evidence of what is paid


def may_issue(actor: Actor, organisation: Organisation) -> bool:
    """Open registers, take numbers, freeze and void papers of the organisation."""
    return actor.holds(*ISSUES, at=organisation.path)


def may_read(actor: Actor, organisation: Organisation) -> bool:
    """Read the organisation's letters and what they are made from."""
    return actor.holds(*READS, at=organisation.path)


def may_set_up_signing(actor: Actor, organisation: Organisation) -> bool:
    """Say which key or service signs for the organisation: whoever can do that can sign anything in its name."""
    return actor.holds(Role.ADMINISTRATOR, at=organisation.path)

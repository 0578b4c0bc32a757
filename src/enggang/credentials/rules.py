"""Who may, in credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.places.models import Organisation

ISSUERS = (Role.ADMINISTRATOR, Role.ORGANISER)
SEES_AWARDS = (*ISSUERS, Role.LEADER, Role.INSPECTOR)


def may_issue(actor: Actor, organisation: Organisation) -> bool:
    """Issue and void what carries the agency's name."""
    return actor.holds(*ISSUERS, at=organisation.path)


def may_see(actor: Actor, organisation: Organisation) -> bool:
    """Open the certificates of others that the agency issued."""
    return actor.holds(*SEES_AWARDS, at=organisation.path)


def may_remove_names(actor: Actor, organisation: Organisation) -> bool:
    """Carry out a request under the privacy law: it cannot be undone."""
    return actor.holds(Role.ADMINISTRATOR, at=organisation.path)

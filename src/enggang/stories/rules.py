"""Who may, in stories: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.places.models import Organisation

PUBLISHERS = (Role.ADMINISTRATOR, Role.ORGANISER)
WRITERS = (*PUBLISHERS, Role.COORDINATOR)
READS_DRAFTS = (*WRITERS, Role.LEADER, Role.INSPECTOR)


def may_write(actor: Actor, organisation: Organisation) -> bool:
    """Whoever writes for an agency: its organisers and its coordinator."""
    return actor.holds(*WRITERS, at=organisation.path)


def may_write_at(actor: Actor, path: str) -> bool:
    """As ``may_write``, where only the path of the agency is known."""
    return actor.holds(*WRITERS, at=path)


def may_publish(actor: Actor, organisation: Organisation) -> bool:
    """What the public reads is released by an organiser, of the agency or of one above it."""
    return actor.holds(*PUBLISHERS, at=organisation.path)

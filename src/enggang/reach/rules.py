"""Who may, of short links and figures: pure functions of the actor's grants."""

from __future__ import annotations

from enggang.access.enums import Role
from enggang.core.actor import Actor

SHARERS = (Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR)
READERS = (*SHARERS, Role.LEADER, Role.INSPECTOR)


def may_share(actor: Actor, path: str) -> bool:
    """Whoever writes for an agency makes links to its pages, and ends them."""
    return actor.holds(*SHARERS, at=path)


def may_read(actor: Actor, path: str) -> bool:
    return actor.holds(*READERS, at=path)


def reads_somewhere(actor: Actor) -> bool:
    """How the public pages are read as a whole is no secret among staff."""
    return actor.holds_somewhere(*READERS)

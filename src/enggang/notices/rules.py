from __future__ import annotations

from enggang.core.actor import ADMINISTRATOR, Actor


def may_keep_outbox(actor: Actor) -> bool:
    """The outbox names addresses of the whole installation."""
    return actor.holds(ADMINISTRATOR, at="/")

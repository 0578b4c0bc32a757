"""Who keeps the tree and the venues."""

from __future__ import annotations

from enggang.core.actor import ADMINISTRATOR, Actor

ORGANISER = "organiser"  # access.Role.ORGANISER: access stands above places, a test holds the two together


def may_open_root(actor: Actor) -> bool:
    """A new tree beside the others, for the administrator of the whole installation."""
    return actor.holds(ADMINISTRATOR, at="/")


def may_keep_organisation(actor: Actor, path: str) -> bool:
    return actor.holds(ADMINISTRATOR, at=path)


def may_keep_venue(actor: Actor, path: str) -> bool:
    """Who keeps the venues that the organisation at ``path`` answers for."""
    return actor.holds(ADMINISTRATOR, ORGANISER, at=path)


def may_keep_some_venue(actor: Actor) -> bool:
    return actor.holds_somewhere(ADMINISTRATOR, ORGANISER)

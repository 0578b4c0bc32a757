"""Who may what with persons and rosters. ``path`` is that of the organisation where the person is (or will be)."""

from __future__ import annotations

from enggang.access.enums import Role
from enggang.core.actor import Actor

SEES_PEOPLE = (Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR, Role.LEADER, Role.INSPECTOR)
SEES_ROSTERS = (Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR, Role.INSPECTOR)
MANAGES_PEOPLE = (Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR)
READS_NIP = (Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR, Role.INSPECTOR)
SEES_CATALOGUE = (*SEES_PEOPLE, Role.ASSESSOR, Role.INSTRUCTOR)
MOVES_PEOPLE = (Role.ADMINISTRATOR, Role.ORGANISER)


def may_list_people(actor: Actor) -> bool:
    return actor.holds_somewhere(*SEES_PEOPLE)


def may_add_people(actor: Actor) -> bool:
    return actor.holds_somewhere(*MANAGES_PEOPLE)


def may_manage_people_at(actor: Actor, path: str) -> bool:
    """Add, change, and read a roster of the people there."""
    return actor.holds(*MANAGES_PEOPLE, at=path)


def may_move_people_from(actor: Actor, path: str) -> bool:
    """Take people out of another agency without its coordinator's release."""
    return actor.holds(*MOVES_PEOPLE, at=path)


def may_read_nip(actor: Actor, path: str, owner_id: int | None) -> bool:
    """In full: those who work with it there, and the person."""
    own = owner_id is not None and owner_id == actor.user_id
    return own or actor.holds(*READS_NIP, at=path)


def may_enter_people(actor: Actor) -> bool:
    """Take somebody at a desk on record for an agency that is not one's own, to be confirmed by it."""
    return actor.holds_somewhere(*MOVES_PEOPLE)


def may_ship(actor: Actor) -> bool:
    """Loading the shipped rows of the catalogue: the installation itself, or who rules all of it."""
    return actor.holds(Role.ADMINISTRATOR, at="/")


def may_see_rosters(actor: Actor) -> bool:
    return actor.holds_somewhere(*SEES_ROSTERS)

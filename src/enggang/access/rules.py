"""Who may give and take rights, and who may open an account for somebody else.

To open an account is to hold everything it holds. So whoever lets a person in must already be above all of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from enggang.access.enums import Role
from enggang.core.actor import Actor, Grant

ORDINARY = frozenset({Role.PARTICIPANT, Role.INSTRUCTOR})  # roles that open nothing of others, or only attendance
LETS_IN = (Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR)
MARKS = (Role.ADMINISTRATOR, Role.ORGANISER)
READS_REGISTER = (Role.INSPECTOR, Role.ADMINISTRATOR)


def may_see_roles(actor: Actor) -> bool:
    return actor.holds_somewhere(Role.ADMINISTRATOR)


def may_grant(actor: Actor, path: str) -> bool:
    """Give or end a role at ``path``: administrators of it or of what stands above it."""
    return actor.holds(Role.ADMINISTRATOR, at=path)


def is_powerful(role: str) -> bool:
    return role not in ORDINARY


def may_let_in(actor: Actor, user_id: int | None, home: str | None, held: Iterable[Grant]) -> bool:
    """Hand out a code or an invitation for an account.

    ``home`` is the path where the person is employed now (None: nowhere known), ``held`` every grant of the
    account that is or will be in force. Nobody lets themselves in: that would turn a stolen session into a
    new password.
    """
    if user_id is not None and user_id == actor.user_id:
        return False
    rows = tuple(held)
    powerful = any(is_powerful(row.role) for row in rows)
    if home is None:
        return rules_over(actor, rows) and (powerful or actor.holds(Role.ADMINISTRATOR, at="/"))
    if powerful or actor.holds(Role.ADMINISTRATOR, at=home):
        return rules_over(actor, rows) and actor.holds(Role.ADMINISTRATOR, at=home)
    return actor.holds(*LETS_IN, at=home) and _stands_by_teaching(actor, rows)


def rules_over(actor: Actor, held: Iterable[Grant]) -> bool:
    """Whether the actor is administrator wherever these grants reach."""
    return all(actor.holds(Role.ADMINISTRATOR, at=row.path) for row in held)


def _stands_by_teaching(actor: Actor, held: Iterable[Grant]) -> bool:
    """An instructor marks who was there: whoever lets one in must be able to do as much at that place."""
    return all(actor.holds(*MARKS, at=row.path) for row in held if row.role == Role.INSTRUCTOR)


def may_invite(actor: Actor, user_id: int, held: Iterable[Grant]) -> bool:
    """By the account alone, without knowing where its person works."""
    return may_let_in(actor, user_id, None, held)


def may_read_privacy_register(actor: Actor) -> bool:
    return actor.holds_somewhere(*READS_REGISTER)

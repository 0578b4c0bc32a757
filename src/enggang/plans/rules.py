"""Who may, in plans: pure functions of the actor's grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import LinkScope, Role
from enggang.core.actor import Actor

if TYPE_CHECKING:
    from enggang.places.models import Organisation
    from enggang.plans.models import Member

MANAGERS = (Role.ADMINISTRATOR, Role.ORGANISER)
READS = (*MANAGERS, Role.TREASURER, Role.LEADER, Role.INSPECTOR)


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Plans and reference rows: the agency's organisers."""
    return actor.holds(*MANAGERS, at=organisation.path)


def may_read(actor: Actor, organisation: Organisation) -> bool:
    return actor.holds(*READS, at=organisation.path)


def may_ship(actor: Actor) -> bool:
    """Loading the shipped rows: the installation itself, or who rules all of it."""
    return actor.holds(Role.ADMINISTRATOR, at="/")


def is_member(actor: Actor, member: Member) -> bool:
    """Whether this row of the committee is about the actor: by their account, or by the private address made for it."""
    own = member.person is not None and member.person.user_id is not None and member.person.user_id == actor.user_id
    return own or actor.may_by_link(LinkScope.TASKS, member.code)

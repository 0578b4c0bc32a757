"""Grants as others ask for them."""

from __future__ import annotations

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Grant
from enggang.places.models import Organisation


def grants_held(user: User | None) -> tuple[Grant, ...]:
    """What an account holds now or will hold on a later day; nothing when there is no account."""
    if user is None:
        return ()
    rows = RoleGrant.objects.running(clock.today()).filter(user=user).select_related("organisation")
    return tuple(Grant(row.role, row.path) for row in rows)


def holders_at(organisation: Organisation, *roles: Role) -> list[User]:
    """Accounts with one of ``roles`` at the organisation or above it, not those of the whole installation."""
    path = organisation.path
    above = [path[: end + 1] for end, char in enumerate(path) if char == "/" and end]
    grants = RoleGrant.objects.on(clock.today()).filter(role__in=roles, organisation__path__in=above)
    return list(User.objects.filter(is_active=True, role_grants__in=grants).distinct().order_by("pk"))


def other_administrators(grant: RoleGrant) -> bool:
    """Whether an active administrator stays over ``grant``'s organisation without it.

    All rows that may answer are locked in one order, so that two who end each other's role come one after the other.
    """
    rows = (
        RoleGrant.objects.on(clock.today())
        .filter(role=Role.ADMINISTRATOR, user__is_active=True)
        .select_related("organisation")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    return any(row.pk != grant.pk and grant.path.startswith(row.path) for row in rows)

"""Actors from users: their grants as they stand on this day."""

from __future__ import annotations

from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, Actor, ActorKind, Grant


def actor_for(user: User) -> Actor:
    """The actor of a signed-in user, with the grants valid today."""
    rows = RoleGrant.objects.filter(user=user).on(clock.today()).select_related("organisation")
    grants = tuple(Grant(row.role, row.path) for row in rows)
    return Actor(ActorKind.USER, f"user:{user.pk}", user.name, user.pk, grants)


def actor_by_id(user_id: int) -> Actor:
    """The actor of a user id; a user who is gone or blocked has no rights left."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return actor_for(user) if user else ANONYMOUS

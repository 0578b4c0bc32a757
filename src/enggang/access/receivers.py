"""What access does when something below it tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver

from enggang.access.domain.succession import follow_with_roles
from enggang.core.actor import Actor
from enggang.places.models import Organisation
from enggang.places.signals import organisation_succeeded


@receiver(organisation_succeeded, dispatch_uid="access.organisation_succeeded")
def follow(sender: object, *, old: Organisation, new: Organisation, on: date, actor: Actor, **_kwargs: Any) -> None:
    """An agency has a successor: who answered for the old one answers for the new one."""
    follow_with_roles(old=old, new=new, on=on, actor=actor)

"""What people do when something below them tells them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver

from enggang.core.actor import Actor
from enggang.people.domain.succession import follow_agency
from enggang.places.models import Organisation
from enggang.places.signals import organisation_succeeded


@receiver(organisation_succeeded, dispatch_uid="people.organisation_succeeded")
def follow(sender: object, *, old: Organisation, new: Organisation, on: date, actor: Actor, **_kwargs: Any) -> None:
    """An agency has a successor: those who serve there now serve in the new one from that day."""
    follow_agency(old=old, new=new, on=on, actor=actor)

"""What training does when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.people.models import Person
from enggang.people.repointing import point_back, repoint
from enggang.people.signals import persons_merged, persons_parted
from enggang.seats.enums import ClaimState
from enggang.training.models import Registration

REGISTRATIONS = "training.registrations"


@receiver(persons_merged, dispatch_uid="training.persons_merged")
def take_over_registrations(
    sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any
) -> None:
    """Registrations follow. Who is registered twice for one wave must give one seat back first."""
    waves = kept.registrations.exclude(claim__state=ClaimState.RELEASED).values("wave")
    both = gone.registrations.exclude(claim__state=ClaimState.RELEASED).filter(wave__in=waves).first()
    if both is not None:
        message = _("Both records are registered for {wave}. Withdraw one of the two registrations first.")
        raise Conflict(message.format(wave=both.wave.name))
    moved[REGISTRATIONS] = repoint(gone.registrations.all(), "person", kept, beside=("wave",))


@receiver(persons_parted, dispatch_uid="training.persons_parted")
def give_registrations_back(sender: object, *, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    point_back(Registration, "person", moved.get(REGISTRATIONS, []), gone)

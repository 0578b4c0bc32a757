"""What seats does when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enggang.core.integrity import told
from enggang.people.models import Person
from enggang.people.repointing import point_back, repoint
from enggang.people.signals import persons_merged, persons_parted
from enggang.seats.models import Claim

CLAIMS = "seats.claims"


@receiver(persons_merged, dispatch_uid="seats.persons_merged")
def take_over_claims(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """Claims follow. Two that stand in one offer are refused by whoever the offer belongs to, or by the constraint."""
    with told(Claim):
        moved[CLAIMS] = repoint(Claim.objects.filter(holder=gone.subject), "holder", kept.subject)


@receiver(persons_parted, dispatch_uid="seats.persons_parted")
def give_claims_back(sender: object, *, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    point_back(Claim, "holder", moved.get(CLAIMS, []), gone.subject)

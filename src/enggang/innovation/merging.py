"""What innovation does when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enggang.innovation.models import Innovation, Ownership
from enggang.people.models import Person
from enggang.people.repointing import point_back, repoint
from enggang.people.signals import persons_merged, persons_parted

OWNED, OWNERSHIPS = "innovation.owned", "innovation.ownerships"


@receiver(persons_merged, dispatch_uid="innovation.persons_merged")
def take_over_innovations(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """What somebody owns and owned follows."""
    moved[OWNED] = repoint(Innovation.objects.filter(owner=gone), "owner", kept)
    moved[OWNERSHIPS] = repoint(Ownership.objects.filter(person=gone), "person", kept)


@receiver(persons_parted, dispatch_uid="innovation.persons_parted")
def give_innovations_back(sender: object, *, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    point_back(Innovation, "owner", moved.get(OWNED, []), gone)
    point_back(Ownership, "person", moved.get(OWNERSHIPS, []), gone)

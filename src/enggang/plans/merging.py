"""What plans does when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enggang.people.models import Person
from enggang.people.repointing import point_back, repoint
from enggang.people.signals import persons_merged, persons_parted
from enggang.plans.models import Member

MEMBERS = "plans.members"


@receiver(persons_merged, dispatch_uid="plans.persons_merged")
def take_over_places(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """The places in committees follow; where both records have one, each keeps its own."""
    moved[MEMBERS] = repoint(Member.objects.filter(person=gone), "person", kept, beside=("plan",))


@receiver(persons_parted, dispatch_uid="plans.persons_parted")
def give_places_back(sender: object, *, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    point_back(Member, "person", moved.get(MEMBERS, []), gone)

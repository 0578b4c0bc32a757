"""What attendance does when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enggang.attendance.models import Mark, Pass
from enggang.people.models import Person
from enggang.people.repointing import point_back, repoint
from enggang.people.signals import persons_merged, persons_parted

PASSES, MARKS = "attendance.passes", "attendance.marks"


@receiver(persons_merged, dispatch_uid="attendance.persons_merged")
def take_over_passes(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """Passes and marks follow, but for those whose like the kept person has already."""
    old, new = gone.subject, kept.subject
    moved[PASSES] = repoint(Pass.objects.filter(holder=old), "holder", new, beside=("group",))
    moved[MARKS] = repoint(Mark.objects.filter(holder=old), "holder", new, beside=("occasion",))


@receiver(persons_parted, dispatch_uid="attendance.persons_parted")
def give_passes_back(sender: object, *, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    point_back(Pass, "holder", moved.get(PASSES, []), gone.subject)
    point_back(Mark, "holder", moved.get(MARKS, []), gone.subject)

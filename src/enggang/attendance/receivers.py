"""What attendance does when two records of a person become one, and when they part again."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from enggang.attendance.models import DeviceUser, Mark, Pass, Proof, TakenMark
from enggang.people.models import Person
from enggang.people.repointing import part_by_strength, point_back, repoint, repoint_by_strength
from enggang.people.signals import persons_merged, persons_parted

PASSES, MARKS = "attendance.passes", "attendance.marks"
PROOFS, USERS, TAKEN = "attendance.proofs", "attendance.device_users", "attendance.taken_marks"


@receiver(persons_merged, dispatch_uid="attendance.persons_merged")
def take_over_passes(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    """Passes and marks follow, but for those whose like the kept person has already; a valid pass goes before a revoked one."""
    old, new = gone.subject, kept.subject
    valid, passes = Q(revoked_at=None), Pass.objects.filter(holder=old)
    repoint_by_strength(moved, PASSES, passes, "holder", kept=new, gone=old, beside=("group",), stronger=valid)
    moved[MARKS] = repoint(Mark.objects.filter(holder=old), "holder", new, beside=("occasion",))
    moved[USERS] = repoint(DeviceUser.objects.filter(holder=old), "holder", new)
    moved[TAKEN] = repoint(TakenMark.objects.filter(holder=old), "holder", new)
    moved[PROOFS] = repoint(Proof.objects.filter(holder=old), "holder", new, beside=("occasion",))


@receiver(persons_parted, dispatch_uid="attendance.persons_parted")
def give_passes_back(sender: object, *, kept: Person, gone: Person, moved: dict[str, Any], **_kwargs: Any) -> None:
    part_by_strength(Pass, "holder", moved, PASSES, kept=kept.subject, gone=gone.subject)
    point_back(Mark, "holder", moved.get(MARKS, []), gone.subject)
    point_back(DeviceUser, "holder", moved.get(USERS, []), gone.subject)
    point_back(TakenMark, "holder", moved.get(TAKEN, []), gone.subject)
    point_back(Proof, "holder", moved.get(PROOFS, []), gone.subject)

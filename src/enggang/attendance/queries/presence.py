from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from enggang.attendance.enums import OccasionState, Status
from enggang.attendance.models import Mark, Occasion, Pass
from enggang.core.models import Subject


@dataclass(frozen=True, slots=True)
class Presence:
    """Counts of occasions. ``planned`` is every occasion of the group that is not cancelled, past or to come."""

    present: int
    excused: int
    planned: int
    absent: int = 0

    @property
    def percent(self) -> int:
        """Presence over all planned occasions in whole percent, rounded down; excused is not present."""
        return 100 * self.present // self.planned if self.planned else 0


def presence(group: Subject) -> dict[str, Presence]:
    """Presence of everybody with a pass or a mark in the group, by holder code. Three queries for any size.

    ``excused`` counts leave and sickness together.
    """
    planned = Occasion.objects.planned().filter(group=group).count()
    excused = Q(status__in=[Status.EXCUSED, Status.SICK])
    rows = (
        Mark.objects.filter(occasion__group=group, occasion__state=OccasionState.PLANNED)
        .values("holder__code")
        .annotate(
            present=Count("pk", filter=Q(status=Status.PRESENT)),
            excused=Count("pk", filter=excused),
            absent=Count("pk", filter=Q(status=Status.ABSENT)),
        )
    )
    codes = Pass.objects.valid().filter(group=group).values_list("holder__code", flat=True)
    found = {code: Presence(0, 0, planned) for code in codes}
    for row in rows:
        found[row["holder__code"]] = Presence(row["present"], row["excused"], planned, row["absent"])
    return found


def tally(group: Subject) -> dict[str, Presence]:
    """The same counts under the name the tally is asked by."""
    return presence(group)

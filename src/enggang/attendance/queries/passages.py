"""What gates have told of an occasion at which people come and go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, IntegerField, Q, Sum
from django.db.models.functions import Least

from enggang.attendance.enums import Direction, OccasionKind, Verdict
from enggang.attendance.models import Occasion, Pass, Presence, Scan
from enggang.attendance.models.gate import SLIPPED
from enggang.attendance.queries.roster import people_of
from enggang.core.codes import grouped


@dataclass(frozen=True, slots=True)
class Numbers:
    """``people`` counts everybody who came in once, at most as many as the ticket says; ``entered`` those who went out and
    came in again once more; ``slipped`` those whom a phone without signal let in and whom the rule, knowing all, would not
    have."""

    inside: int
    people: int
    entered: int
    tickets: int
    refused: int
    slipped: int


@dataclass(frozen=True, slots=True)
class Ticket:
    code: str
    name: str
    note: str
    quantity: int
    inside: int
    entered: int
    at: datetime | None

    @property
    def spelled(self) -> str:
        """The code as the ticket shows it."""
        return grouped(self.code, 4)


def numbers(occasion: Occasion) -> Numbers:
    """Two queries."""
    told = Presence.objects.filter(occasion=occasion, at__isnull=False).aggregate(
        inside_now=Sum("inside"),
        people=Sum(Least(F("entered"), F("held__quantity"), output_field=IntegerField())),
        visits=Sum("entered"),
        tickets=Count("pk", filter=Q(entered__gt=0)),
    )
    not_in = Q(verdict__in=[Verdict.REFUSED, Verdict.REPEATED])
    scans = Scan.objects.filter(occasion=occasion).aggregate(
        refused=Count("pk", filter=not_in), slipped=Sum("quantity", filter=SLIPPED)
    )
    return Numbers(
        told["inside_now"] or 0, told["people"] or 0, told["visits"] or 0, told["tickets"], scans["refused"], scans["slipped"] or 0
    )  # fmt: skip


def tickets(occasion: Occasion) -> list[Ticket]:
    """Every pass with which somebody came, the last first. Three queries for any size."""
    rows = list(
        Presence.objects.filter(occasion=occasion, at__isnull=False).select_related("held").order_by("-at", "-pk")
    )
    names = people_of({row.held.holder_id for row in rows})
    return [_ticket(row, names.get(row.held.holder_id, ("", ""))) for row in rows]


def _ticket(row: Presence, who: tuple[str, str]) -> Ticket:
    return Ticket(row.held.code, *who, row.held.quantity, row.inside, row.entered, row.at)


def expected(occasion: Occasion) -> list[Ticket]:
    """Every pass with a place at the occasion by name: the list to print, for a gate at which no phone works."""
    rows = list(
        Pass.objects.placed().filter(group_id=occasion.group_id).filter(Q(only=None) | Q(only=occasion)).order_by("pk")
    )
    names = people_of({row.holder_id for row in rows})
    lines = [Ticket(row.code, *names.get(row.holder_id, ("", "")), row.quantity, 0, 0, None) for row in rows]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.code))


def people_inside(occasions: Iterable[int]) -> dict[int, int]:
    """How many are inside now, by occasion, as far as gates have told."""
    rows = Presence.objects.filter(occasion_id__in=list(occasions), inside__gt=0)
    return dict(rows.values_list("occasion_id").annotate(people=Sum("inside")))


def presences_amiss() -> list[str]:
    """For ``doctor --invariants``: rows that do not say what the accepted scans say. Two queries."""
    accepted = Scan.objects.filter(verdict=Verdict.ACCEPTED, occasion__kind=OccasionKind.OPEN)
    by_scans = accepted.filter(direction=Direction.IN).order_by().values_list("occasion_id", "held_id")
    told = {(occasion, held): people for occasion, held, people in by_scans.annotate(people=Sum("quantity"))}
    rows = Presence.objects.values_list("occasion_id", "held_id", "entered", "inside", "held__code")
    amiss = [
        code
        for occasion, held, entered, inside, code in rows
        if entered != told.get((occasion, held), 0) or inside > entered
    ]
    return [f"ticket {code} is counted otherwise than its scans say" for code in amiss]

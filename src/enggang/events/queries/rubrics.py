"""The rubric of a year: which rows hold, and whose."""

from __future__ import annotations

from datetime import date

from enggang.events.models import CurationAspect
from enggang.places.models import Organisation


def aspects_for(organisation: Organisation, year: int) -> list[CurationAspect]:
    """What a round of ``year`` is judged by: rows that hold on its first day, of the agency nearest to the curator.

    An agency that has rows of its own judges by them alone; of two with one title the newer one counts.
    """
    rows = list(CurationAspect.objects.serving(organisation).on(date(year, 1, 1)))
    nearest = max((row.closeness[0] for row in rows), default=0)
    found: dict[str, CurationAspect] = {}
    for row in sorted(rows, key=lambda row: (row.valid_from, row.pk)):
        if row.closeness[0] == nearest:
            found[row.title] = row
    return sorted(found.values(), key=lambda row: (row.position, row.pk))


def own_aspects(organisation: Organisation, year: int) -> bool:
    """Whether the agency has rows of its own that begin in that year."""
    return CurationAspect.objects.filter(organisation=organisation, valid_from__year=year).exists()

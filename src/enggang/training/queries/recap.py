"""What the treasurer still lacks of a wave: papers of the budget lines, and those of each journey."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from enggang.budgets.models import Budget
from enggang.budgets.queries.overview import Overview, overview
from enggang.training.models import Trip, Wave


def missing_papers(wave: Wave, budget: Budget, found: Overview | None = None) -> list[tuple[str, str]]:
    """(line or person, what is missing), in the order of the recap."""
    found = found or overview(budget)
    lines = [(row.line.item, rule.name) for row in found.rows for rule in row.missing]
    trips = wave.trips.select_related("person").prefetch_related("receipts")
    return lines + [(trip.person.name, what) for trip in trips for what in missing_of(trip)]


def missing_of(trip: Trip) -> Iterator[str]:
    """Receipts are asked for once the person is back."""
    if not trip.number:
        yield _("SPPD number")
    receipts = trip.receipts.all()
    if trip.is_over and not receipts:
        yield _("transport receipt")
    for receipt in receipts:
        if not receipt.file_id:
            yield _("scan of “%(name)s”") % {"name": receipt.name}

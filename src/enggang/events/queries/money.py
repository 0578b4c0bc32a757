"""What is to be warned of in the budget of an edition."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.budgets.queries.overview import Overview
from enggang.core import clock
from enggang.events.enums import Measure
from enggang.events.models import Edition, Threshold
from enggang.places.queries.dated import closest


@dataclass(frozen=True, slots=True)
class Ceremony:
    """The share of ceremony in the plan, beside the threshold that holds for the agency (None: none is on record)."""

    amount: int
    percent: int
    threshold: Threshold | None

    @property
    def is_high(self) -> bool:
        return self.threshold is not None and self.percent > self.threshold.value


def ceremony_of(edition: Edition, overview: Overview) -> Ceremony:
    amount = sum(row.planned for row in overview.rows if row.line.ceremonial)
    rows = Threshold.objects.serving(edition.organisation).on(clock.today()).filter(name=Measure.CEREMONIAL)
    return Ceremony(amount, overview.ceremonial_percent, closest(rows, lambda row: row.name).get(Measure.CEREMONIAL))

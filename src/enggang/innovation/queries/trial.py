"""What was measured before and after, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from enggang.indicators.enums import Polarity
from enggang.innovation.enums import Moment
from enggang.innovation.models import Innovation, Measure, Reading

BETTER = {Polarity.HIGHER: 1, Polarity.LOWER: -1, Polarity.TIME: -1}


@dataclass(frozen=True, slots=True)
class Measured:
    """``before`` is the latest baseline that stands, ``after`` the latest value after the trial."""

    measure: Measure
    readings: list[Reading]

    def _latest(self, moment: Moment) -> Reading | None:
        rows = [row for row in self.readings if row.moment == moment and row.voided_at is None]
        return rows[-1] if rows else None

    @property
    def before(self) -> Reading | None:
        return self._latest(Moment.BEFORE)

    @property
    def after(self) -> Reading | None:
        return self._latest(Moment.AFTER)

    @property
    def change(self) -> Decimal | None:
        return self.after.value - self.before.value if self.before and self.after else None

    @property
    def is_better(self) -> bool | None:
        """None where it is not known, and where only a range could say."""
        sign = BETTER.get(Polarity(self.measure.polarity))
        return None if self.change is None or sign is None or not self.change else self.change * sign > 0


def measured(row: Innovation) -> list[Measured]:
    rows = row.measures.select_related("indicator__subject").prefetch_related("readings")
    return [Measured(each, list(each.readings.all())) for each in rows]

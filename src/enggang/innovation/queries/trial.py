"""What was measured before and after, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.formats import number_format

from enggang.documents.rendering.wording import long_date
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


def said(reading: Reading) -> str:
    """A value with its day, as papers write it in the language that is spoken now."""
    return f"{number_format(reading.value.normalize(), force_grouping=True)} ({long_date(reading.as_of)})"


def changes_in_words(row: Innovation) -> list[tuple[str, str, str]]:
    """What was measured twice: its name with the unit, the baseline, the value after the trial. Indonesian, as papers are."""
    with translation.override("id"):
        return [
            (f"{each.measure} ({each.measure.unit})", said(each.before), said(each.after))
            for each in measured(row) if each.before and each.after
        ]  # fmt: skip

"""The periods over which something is measured: months, quarters, years, as closed ranges of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import formats

from enggang.indicators.enums import Frequency

MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}


class Period(NamedTuple):
    start: date
    end: date

    @property
    def label(self) -> str:
        """``2026``, ``2026 · Q3`` or ``October 2026``; other ranges by their days."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        whole = self.start.day == 1 and self.end == _end_of(self.end)
        if whole and months == 12 and self.start.month == 1:
            return str(self.start.year)
        if whole and months == 3 and self.start.month % 3 == 1:
            return f"{self.start.year} · Q{self.start.month // 3 + 1}"
        if whole and months == 1:
            return formats.date_format(self.start, "YEAR_MONTH_FORMAT")
        return f"{formats.date_format(self.start, 'j M Y')} – {formats.date_format(self.end, 'j M Y')}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def _end_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def period_of(day: date, frequency: str) -> Period:
    """The period in which a day lies."""
    months = MONTHS[Frequency(frequency)]
    first = (day.month - 1) // months * months + 1
    return Period(date(day.year, first, 1), _end_of(date(day.year, first + months - 1, 1)))


def periods_of(year: int, frequency: str) -> list[Period]:
    """Those of a year, the earliest first."""
    months = MONTHS[Frequency(frequency)]
    return [period_of(date(year, month, 1), frequency) for month in range(1, 13, months)]


def periods_back(day: date, frequency: str) -> Iterator[Period]:
    """The period of a day and those before it, without end: stop at a year that nobody can have measured."""
    found = period_of(day, frequency)
    while found.start.year >= 2000:
        yield found
        found = period_of(found.start - timedelta(days=1), frequency)


def is_period(start: date, end: date, frequency: str) -> bool:
    return period_of(start, frequency) == (start, end)

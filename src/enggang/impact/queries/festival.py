"""A festival compared with itself across years by its own days, not by the calendar's: day 0 is the first day of each edition.

Cap Go Meh, Gawai and the feasts of the moon move between months; a comparison by calendar month would tell of the
moon and not of the festival. The limits are those of the summary tables: what happened that day in the festival's regency,
at the agency that holds it and those below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Sum

from enggang.core import registries
from enggang.core.registries import Count
from enggang.core.specimens import counting
from enggang.events.models import Edition, Event
from enggang.events.queries.counted import HELD, sum_of_counts
from enggang.impact.models import DayFigure
from enggang.indicators.columns import Amount, Columns, columns_of
from enggang.indicators.numbers import shown
from enggang.places.models.organisation import below

AROUND = 7  # days before the first day, and after it
MOST = 6  # editions
NAMES = ("events.turnover", "attendance.entries", "attendance.present", "media.published")


class Year(NamedTuple):
    """One edition: what was counted of it, and its days from a week before the first one to a week after it."""

    edition: Edition
    visitors: Count
    amounts: list[Amount]
    chart: Columns | None
    total: int

    @property
    def total_text(self) -> str:
        return shown(self.total)


def years_of(event: Event, measure: str) -> list[Year]:
    """The latest editions that were held and have days, the newest first."""
    rows = Edition.objects.filter(counting(), event=event, stage__in=HELD, starts_on__isnull=False)
    return [_year(event, row, measure) for row in rows.with_names().order_by("-starts_on")[:MOST]]


def _year(event: Event, edition: Edition, measure: str) -> Year:
    assert edition.starts_on is not None
    days = [edition.starts_on + timedelta(days=each) for each in range(-AROUND, AROUND + 1)]
    rows = DayFigure.objects.filter(below(event.organisation.path, "organisation__path"), measure=measure)
    rows = rows.filter(day__range=(days[0], days[-1]), region__in=["", (event.region_id or "")[:5]])
    known = dict(rows.order_by().values_list("day").annotate(Sum("value")))
    values = [known.get(day, 0) for day in days]
    amounts = [
        Amount(f"{place:+d}", value, value, value, shown(value), is_before=place < 0)
        for place, value in zip(range(-AROUND, AROUND + 1), values, strict=True)
    ]
    return Year(edition, sum_of_counts([edition.subject_id]), amounts, columns_of(amounts), sum(values))


def days_side_by_side(years: Sequence[Year]) -> list[tuple[str, list[str]]]:
    """By the day of the festival: what each year came to on it."""
    return [
        (f"{place:+d}", [year.amounts[place + AROUND].text for year in years]) for place in range(-AROUND, AROUND + 1)
    ]


def measures() -> list[tuple[str, str]]:
    return [(name, str(registries.day_figures[name].label)) for name in NAMES if name in registries.day_figures]

"""Dashboards from the summary tables alone: what an agency, or a regency seen by it, came to month by month.

A page asks for months, never for what they are made of, so it costs the same with five thousand rows and with five million.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Sum
from django.utils import formats

from enggang.core import registries
from enggang.core.registries import DayFigures
from enggang.impact.models import FigureMark, MonthFigure
from enggang.indicators.columns import Amount, Columns, columns_of
from enggang.indicators.numbers import shown
from enggang.places.models import Organisation, Region
from enggang.places.models.organisation import below
from enggang.places.outline import Frame, frame_of, svg_path

MONTHS = 12  # of the running time; as many before it to compare with
SHADES = 5  # of the map


class Small(NamedTuple):
    """One of the small multiples: a measure over two years, its table, and what the last twelve months came to."""

    name: str
    source: DayFigures
    chart: Columns | None
    amounts: list[Amount]
    total: Amount
    before: Amount

    @property
    def change(self) -> float | None:
        """Percent against the twelve months before; None where nothing is to be compared with."""
        return (self.total.value / self.before.value - 1) * 100 if self.before.value else None

    @property
    def pairs(self) -> list[tuple[Amount, Amount]]:
        """Each of the last twelve months with the same month a year before, the latest first."""
        return list(zip(self.amounts[MONTHS:], self.amounts[:MONTHS], strict=True))[::-1]


class Place(NamedTuple):
    """``shade`` is from 1, the lowest fifth, to 5; 0 where nothing is known."""

    code: str
    name: str
    path: str
    value: int
    text: str
    shade: int
    is_current: bool

    @property
    def opacity(self) -> str:
        return f"{self.shade / SHADES:.2f}"


class RegionMap(NamedTuple):
    frame: Frame
    places: list[Place]
    steps: list[tuple[str, str]]  # of the legend: opacity and from what on

    @property
    def listed(self) -> list[Place]:
        return sorted(self.places, key=lambda place: place.name)


def months_until(day: date) -> list[date]:
    """The first days of the last 24 months, the running one included."""
    count = day.year * 12 + day.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(count - 2 * MONTHS + 1, count + 1)]


def smalls_of(organisation: Organisation, day: date, region: str = "") -> list[Small]:
    """In one question. Of a region only what happened there; what has no region belongs to none."""
    months = months_until(day)
    rows = MonthFigure.objects.filter(below(organisation.path, "organisation__path"), month__gte=months[0])
    rows = rows.filter(region=region) if region else rows
    found = (
        rows.order_by()  # type: ignore[misc]  # taken for the days' table, whose manager is of the same class
        .values_list("measure", "month")
        .annotate(Sum("value"), Sum("low"), Sum("high"))
    )
    sums = {(name, month): numbers for name, month, *numbers in found}
    return [
        _small(name, source, [sums.get((name, month), [0, 0, 0]) for month in months], months)
        for name, source in sorted(registries.day_figures.items(), key=lambda item: item[1].order)
    ]


def _small(name: str, source: DayFigures, numbers: Sequence[Sequence[int]], months: Sequence[date]) -> Small:
    amounts = [
        _amount(formats.date_format(month, "M Y"), each, is_before=place < MONTHS)
        for place, (month, each) in enumerate(zip(months, numbers, strict=True))
    ]
    halves = (numbers[:MONTHS], numbers[MONTHS:])
    before, total = (_amount("", [sum(each[end] for each in half) for end in range(3)]) for half in halves)
    return Small(name, source, columns_of(amounts), amounts, total, before)


def _amount(label: str, numbers: Sequence[int], *, is_before: bool = False) -> Amount:
    value, low, high = numbers
    text = shown(value) if low == high else f"{shown(value)} ({shown(low)}–{shown(high)})"
    return Amount(label, value, low, high, text, is_before)


def current_at() -> datetime | None:
    """Up to when everything has been taken in; None before the first refresh."""
    marks = dict(FigureMark.objects.values_list("measure", "read_to"))
    names = registries.day_figures.names()
    return min(marks.values()) if marks and all(name in marks for name in names) else None


def region_sums(organisation: Organisation, measure: str, day: date) -> dict[str, int]:
    """What each regency came to in the last twelve months."""
    rows = MonthFigure.objects.filter(
        below(organisation.path, "organisation__path"), measure=measure, month__gte=months_until(day)[MONTHS]
    ).exclude(region="")
    return dict(rows.order_by().values_list("region").annotate(Sum("value")))


def map_of_regions(province: str, sums: dict[str, int], current: str = "") -> RegionMap | None:
    """The regencies of a province, darker the more; None when no outline is known."""
    regions = list(Region.objects.filter(parent_id=province, outline__isnull=False).order_by("code"))
    if not regions:
        return None
    frame = frame_of(row.outline for row in regions)
    bounds = _bounds([value for value in sums.values() if value > 0])
    places = [_place(row, frame, sums.get(row.code, 0), bounds, current) for row in regions]
    return RegionMap(frame, places, [(f"{(number + 1) / SHADES:.2f}", shown(low)) for number, low in enumerate(bounds)])


def _place(row: Any, frame: Frame, value: int, bounds: Sequence[int], current: str) -> Place:
    shade = sum(value >= low for low in bounds) if value > 0 else 0
    return Place(row.code, row.name, svg_path(row.outline, frame), value, shown(value), shade, row.code == current)


def _bounds(values: Sequence[int]) -> list[int]:
    """From what on each shade begins: fifths of the regencies that have something, fewer where they are equal."""
    ordered = sorted(values)
    return sorted({ordered[number * len(ordered) // SHADES] for number in range(SHADES)}) if ordered else []

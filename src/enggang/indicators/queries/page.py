"""The page of an indicator: its series, the tree it stands in, and what may be done with a value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from enggang.core.actor import Actor
from enggang.indicators import rules
from enggang.indicators.charts import Chart, chart_of
from enggang.indicators.enums import Frequency, MeasurementState
from enggang.indicators.models import Indicator, Measurement, ScaleStep, SeriesBreak, Target
from enggang.indicators.numbers import shown
from enggang.indicators.periods import MONTHS
from enggang.indicators.queries.standing import Point, points_of
from enggang.places.queries.dated import closest

YEARS_SHOWN = {Frequency.MONTH: 3, Frequency.QUARTER: 4, Frequency.YEAR: 12}
VALUES_SHOWN = 14  # the file has all of them


class Entry(NamedTuple):
    """A value with what this reader may do with it."""

    row: Measurement
    may_verify: bool
    may_approve: bool
    may_return: bool


def entries_of(indicator: Indicator, actor: Actor, *, all_of_them: bool = False) -> list[Entry]:
    rows = indicator.measurements.select_related("region", "file")
    if not all_of_them:
        rows = rows.filter(replaced_at=None)
    return [_entry(indicator, row, actor) for row in rows[:VALUES_SHOWN]]


def returned_of(indicator: Indicator) -> list[Measurement]:
    """What was returned and not entered again, for whoever may enter it now."""
    return list(indicator.measurements.to_enter_again().select_related("region")[:VALUES_SHOWN])


def _entry(indicator: Indicator, row: Measurement, actor: Actor) -> Entry:
    organisation, by = indicator.organisation, row.entered_by_key
    is_open = row.is_standing and not row.is_counted
    verify = is_open and row.state == MeasurementState.ENTERED and rules.may_verify(actor, organisation, by)
    approve = is_open and row.state == MeasurementState.VERIFIED and rules.may_approve(actor, organisation, by)
    return Entry(
        row,
        verify,
        approve,
        is_open and row.state != MeasurementState.APPROVED and rules.may_return(actor, organisation),
    )


def series_of(indicator: Indicator, today: date) -> list[Point]:
    """The last years' periods from the first known value on, the earliest first."""
    years = YEARS_SHOWN[Frequency(indicator.frequency)]
    first = today.year - years + 1
    rows = list(
        indicator.measurements.standing()
        .whole()
        .filter(period_start__year__gte=first)
        .order_by("period_end", "entered_at")
    )
    points = [point for year in range(first, today.year + 1) for point in points_of(indicator, year, rows, today)]
    known = [place for place, point in enumerate(points) if point.row is not None]
    return points[known[0] :] if known else []


def recent_series(indicators: Sequence[Indicator], today: date, region: str = "") -> dict[int, list[Point]]:
    """This year's periods and last year's of several, by their ids, for small drawings; of the whole area or of one region."""
    rows = Measurement.objects.standing().filter(indicator__in=indicators, sex="", region=region or None)
    found: dict[int, list[Measurement]] = {each.pk: [] for each in indicators}
    for row in rows.filter(period_start__year__gte=today.year - 1).order_by("period_end", "entered_at"):
        found[row.indicator_id].append(row)
    years = (today.year - 1, today.year)
    return {
        each.pk: [point for year in years for point in points_of(each, year, found[each.pk], today)]
        for each in indicators
    }


def drawing_of(
    indicator: Indicator, points: list[Point], breaks: list[SeriesBreak], target: Target | None
) -> Chart | None:
    """With the target of the year where each period has one of its own, that is where nothing is added up over it."""
    level = (
        target.value
        if target and (indicator.cumulation != "sum" or MONTHS[Frequency(indicator.frequency)] == 12)
        else None
    )
    places = [
        place for place in range(1, len(points))
        if any(mark.parts(points[place - 1].period.start, points[place].period.start) for mark in breaks)
    ]  # fmt: skip
    series = [(point.period.label, point.value, shown(point.value, indicator.decimals)) for point in points]
    return chart_of(series, target=level, breaks=places)


def above_and_below(indicator: Indicator) -> tuple[list[Indicator], list[Indicator]]:
    """What it serves, from the top down, and what serves it."""
    above: list[Indicator] = []
    each = indicator.serves
    while each is not None and each not in above:
        above.insert(0, each)
        each = each.serves
    return above, list(indicator.served_by.with_names())


def scale_of(indicator: Indicator, day: date) -> list[ScaleStep]:
    """The words for how far a target was reached, those of the nearest agency that has some, the highest first."""
    rows = ScaleStep.objects.serving(indicator.organisation).on(day)
    steps = closest(rows, lambda row: row.from_percent).values()
    nearest = max((step.closeness[0] for step in steps), default=0)
    return sorted((step for step in steps if step.closeness[0] == nearest), key=lambda step: -step.from_percent)


def word_for(percent: object, steps: list[ScaleStep]) -> ScaleStep | None:
    """The step in which a percentage lies; None for what is not known or lies below the lowest."""
    if percent is None:
        return None
    return next((step for step in steps if percent >= step.from_percent), None)  # type: ignore[operator]

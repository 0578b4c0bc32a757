"""What everybody may read: indicators that are open data, and of their values only those that a head has approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery

from enggang.indicators.charts import Chart
from enggang.indicators.enums import MeasurementState
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.models.measurement import MeasurementQuerySet
from enggang.indicators.queries.metadata import Fact, metadata_of
from enggang.indicators.queries.page import drawing_of
from enggang.indicators.queries.standing import Point

POINTS = 36  # of a drawing
# The columns of the files, in the order of the data dictionary; codes of regions are the ministry's.
COLUMNS = (
    "period_start", "period_end", "region_code", "region", "sex", "value", "low", "high", "unit", "source", "as_of", "method", "note",
)  # fmt: skip


class DataSet(NamedTuple):
    """``rows`` are the newest first; ``latest`` is the last value of the whole area."""

    indicator: Indicator
    rows: list[Measurement]
    metadata: list[Fact]
    chart: Chart | None
    latest: Measurement | None


def approved() -> MeasurementQuerySet:
    rows = Measurement.objects.filter(state=MeasurementState.APPROVED, replaced_at=None)
    return rows.filter(indicator__in=Indicator.objects.published())


def latest_of(indicators: Sequence[Indicator]) -> dict[int, Measurement]:
    """The last known value of the whole area of each, by its id; one question, one row for each."""
    known = approved().whole().filter(indicator=OuterRef("pk"), value__isnull=False).order_by("-period_end", "-pk")
    newest = Indicator.objects.filter(pk__in=[each.pk for each in indicators]).values_list(
        Subquery(known.values("pk")[:1])
    )
    return {row.indicator_id: row for row in Measurement.objects.filter(pk__in=newest)}


def data_set(indicator: Indicator) -> DataSet:
    rows = list(approved().filter(indicator=indicator).select_related("region").defer("region__outline"))
    whole = [row for row in rows if row.region_id is None and not row.sex]
    points = [Point(row.period, row) for row in reversed(whole[:POINTS])]
    chart = drawing_of(indicator, points, list(indicator.breaks.all()), None)
    latest = next((row for row in whole if row.value is not None), None)
    return DataSet(indicator, rows, metadata_of(indicator), chart, latest)


def facts_of(row: Measurement, indicator: Indicator) -> dict[str, Any]:
    """A row of the files, as plain values by the names of ``COLUMNS``; an unknown value is None."""
    number = {name: _number(getattr(row, name)) for name in ("value", "low", "high")}
    days = {name: getattr(row, name).isoformat() for name in ("period_start", "period_end", "as_of")}
    region = row.region.name if row.region else ""
    words = {name: getattr(row, name) for name in ("sex", "source", "method", "note")}
    found = {**number, **days, **words, "region_code": row.region_id or "", "region": region, "unit": indicator.unit}
    return {name: found[name] for name in COLUMNS}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)

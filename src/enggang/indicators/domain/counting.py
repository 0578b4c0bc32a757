"""Values that the system itself knows: counted every night, or when asked, with the query as their method."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock, registries
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.registries import Count, IndicatorSource
from enggang.indicators import rules
from enggang.indicators.domain.measuring import Value, put_on_record
from enggang.indicators.enums import MeasurementState
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.periods import Period, periods_back
from enggang.places.models import Region

logger = logging.getLogger("enggang.indicators")
TITLE = gettext_noop("Counting what the system knows")
YEARS_BACK = {"month": 24, "quarter": 8, "year": 2}  # periods, when a person asks for it
AGAIN = 2  # periods that are counted anew each night: the running one, and the one before for what came late


def queue_counting() -> None:
    """Called by the clock."""
    enqueue(count_all, actor=SYSTEM, title=TITLE)


@job("indicators.count")
def count_all(run: JobRun) -> None:
    """Every indicator in use that the system counts; one that fails holds no other up, and the job then fails at its end."""
    failed: list[str] = []
    for row in Indicator.objects.in_use().exclude(automatic="").select_related("organisation", "subject"):
        try:
            count_values(indicator=row, actor=run.actor)
        except Exception:
            logger.exception("indicator %s was not counted", row.code)
            failed.append(row.code)
    if failed:
        raise RuntimeError(f"not counted: {', '.join(failed)}")


@act("indicators.count_values")
def count_values(*, indicator: Indicator, actor: Actor, periods: int = AGAIN) -> int:
    """Count the last periods anew; answers how many values have changed. A value that is the same leaves no new row."""
    require(actor.is_system or rules.may_measure(actor, indicator.organisation))
    source = registries.indicator_sources.get(indicator.automatic)
    if source is None:
        raise Conflict(_("The system has no such count. Choose one in the definition."))
    changed = 0
    for period, _number in zip(periods_back(clock.today(), indicator.frequency), range(periods), strict=False):
        changed += _count(indicator, source, period, actor)
    record_subject(indicator.subject)
    record(periods=periods, changed=changed)
    return changed


def _count(indicator: Indicator, source: IndicatorSource, period: Period, actor: Actor) -> int:
    standing = {
        (row.region_id or "", row.sex): row for row in indicator.measurements.filter(
            replaced_at=None, period_start=period.start, period_end=period.end)
    }  # fmt: skip
    changed = 0
    for part, region, count in _parts(indicator, source, period):
        if _same(standing.get(part), count):
            continue
        value = _value(source, period, count, region, part[1])
        put_on_record(indicator, value, actor, is_counted=True, state=MeasurementState.APPROVED)
        changed += 1
    return changed


def _parts(
    indicator: Indicator, source: IndicatorSource, period: Period
) -> Iterator[tuple[tuple[str, str], Region | None, Count]]:
    """The whole, and what the definition asks for and the source knows: each region, each sex, by code and word."""
    asked = indicator.organisation.path, period.start, min(period.end, clock.today())
    found = source.count(*asked)
    regions = Region.objects.for_choice().in_bulk([code for code in found if code])
    for code, count in found.items():
        if not code or (indicator.by_region and code in regions):
            yield (code, ""), regions.get(code), count
    if indicator.by_sex and source.sexes is not None:
        for sex, count in source.sexes(*asked).items():
            yield ("", sex), None, count


def _value(source: IndicatorSource, period: Period, count: Count, region: Region | None, sex: str) -> Value:
    return Value(
        period=period, region=region, sex=sex, value=_number(count.value), low=_number(count.low), high=_number(count.high),
        as_of=_as_of(period), source=_("Enggang: %s") % source.label, method=str(source.method), note=count.note,
    )  # fmt: skip


def _as_of(period: Period) -> date:
    return min(period.end, clock.today())


def _number(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _same(row: Measurement | None, count: Count) -> bool:
    if row is None:
        return False
    return (row.value, row.low, row.high) == (_number(count.value), _number(count.low), _number(count.high))

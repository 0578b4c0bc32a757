"""Acts on values: entered by one person, verified by another, approved by the head. Nothing is ever overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import move
from enggang.core.text import one_line
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.indicators import rules
from enggang.indicators.enums import MEASUREMENT_MOVES, MeasurementState
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.models.indicator import MOST
from enggang.indicators.periods import Period, is_period
from enggang.places.models import Region


@dataclass(frozen=True, slots=True)
class Value:
    """What was measured. ``value`` None is unknown, and ``note`` then says why; ``low`` and ``high`` are an estimate's range.

    With ``denominator`` the value is reckoned from its two parts by the indicator's factor.
    """

    period: Period
    value: Decimal | None
    as_of: date
    source: str
    region: Region | None = None
    sex: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    method: str = ""
    note: str = ""
    paper: tuple[bytes, str] | None = None  # content and name of the evidence


@act("indicators.enter_value")
def enter_value(*, indicator: Indicator, value: Value, actor: Actor) -> Measurement:
    """Put a value on record. One that stands for the same period, place and sex is replaced and stays readable.

    Raises Conflict when it cannot be one: a period that is not the indicator's, one that has not begun, a range beside
    its value, an unknown value without a reason.
    """
    require(rules.may_measure(actor, indicator.organisation))
    if not indicator.is_in_use:
        raise Conflict(_("Values are entered for indicators in use. Put this one into use first."))
    value = _reckoned(indicator, value)
    _check(indicator, value)
    row = put_on_record(indicator, value, actor)
    if value.paper is not None:
        content, name = value.paper
        paper = read_paper(content, name)
        row.file = store_file(
            content=content, name=paper.name, media_type=paper.media_type, purpose=Purpose.EVIDENCE,
            organisation=indicator.organisation, actor=actor,
        )  # fmt: skip
        row.save(update_fields=["file"])
    record_subject(indicator.subject)
    record(period=value.period.end.isoformat(), known=value.value is not None)
    return row


@act("indicators.verify_value")
def verify_value(*, measurement: Measurement, actor: Actor) -> Measurement:
    """Compared with its source by somebody else than who entered it."""
    require(
        rules.may_verify(actor, measurement.indicator.organisation, measurement.entered_by_key),
        _("Somebody else of the agency's organisers verifies a value than who entered it."),
    )
    _may_move(measurement)
    move(measurement, MeasurementState.VERIFIED, moves=MEASUREMENT_MOVES, verified_by_key=actor.key)
    record_subject(measurement.indicator.subject)
    return measurement


@act("indicators.approve_value")
def approve_value(*, measurement: Measurement, actor: Actor) -> Measurement:
    """The head of the agency stands behind it."""
    require(
        rules.may_approve(actor, measurement.indicator.organisation, measurement.entered_by_key),
        _("The head of the agency approves a value, and never who entered it."),
    )
    _may_move(measurement)
    move(
        measurement, MeasurementState.APPROVED, moves=MEASUREMENT_MOVES, decided_at=clock.now(), decided_by_key=actor.key
    )  # fmt: skip
    record_subject(measurement.indicator.subject)
    return measurement


@act("indicators.return_value")
def return_value(*, measurement: Measurement, reason: str, actor: Actor) -> Measurement:
    """Not accepted, with the reason; the period is open again."""
    require(rules.may_return(actor, measurement.indicator.organisation))
    if not reason.strip():
        raise Conflict(_("Say what is to be done, so that the next value can be accepted."))
    _may_move(measurement)
    now = clock.now()
    move(
        measurement, MeasurementState.RETURNED, moves=MEASUREMENT_MOVES, decided_at=now, decided_by_key=actor.key,
        return_reason=one_line(reason, 300), replaced_at=now,
    )  # fmt: skip
    _revive(measurement)
    record_subject(measurement.indicator.subject)
    return measurement


def _revive(returned: Measurement) -> None:
    """What stood before the returned value stands again."""
    before = (
        Measurement.objects.filter(
            indicator=returned.indicator, period_start=returned.period_start, period_end=returned.period_end,
            region=returned.region_id, sex=returned.sex,
        )
        .exclude(state=MeasurementState.RETURNED)
        .order_by("-entered_at", "-pk")
        .first()
    )  # fmt: skip
    if before is not None:
        Measurement.objects.filter(pk=before.pk).update(replaced_at=None)


def _may_move(measurement: Measurement) -> None:
    if measurement.replaced_at is not None:
        raise Conflict(_("A newer value has taken the place of this one. Reload the page."))


def _reckoned(indicator: Indicator, value: Value) -> Value:
    if value.denominator is None or value.numerator is None:
        return value
    if not indicator.denominator:
        raise Conflict(_("This indicator is not divided by anything: enter its value alone."))
    if value.denominator == 0:
        return replace(value, value=None, note=value.note or _("The denominator is nothing, so there is no value."))
    return replace(value, value=value.numerator / value.denominator * indicator.factor)


def _check(indicator: Indicator, value: Value) -> None:
    faults = {
        _("This is not one of the indicator's periods."): not is_period(*value.period, indicator.frequency),
        _("This period has not begun."): value.period.start > clock.today(),
        _("The source was read on a day that has not come yet."): value.as_of > clock.today(),
        _("Say where the value is from."): not value.source.strip(),
        _("The value is not known: say why."): value.value is None and not value.note.strip(),
        _("The range does not hold the value."): not _holds(value),
        _("The number is too large."): any(abs(each) > MOST for each in _numbers(value)),
        _("This indicator is not measured by regency."): value.region is not None and not indicator.by_region,
        _("This indicator is not measured by sex."): bool(value.sex) and not indicator.by_sex,
    }
    for message, is_so in faults.items():
        if is_so:
            raise Conflict(message)


def _numbers(value: Value) -> list[Decimal]:
    given = (value.value, value.numerator, value.denominator, value.low, value.high)
    return [each for each in given if each is not None]


def _holds(value: Value) -> bool:
    if value.low is None and value.high is None:
        return True
    if value.low is None or value.high is None or value.low > value.high:
        return False
    return value.value is None or value.low <= value.value <= value.high


def put_on_record(indicator: Indicator, value: Value, actor: Actor, **more: Any) -> Measurement:
    """Inside an act: the new row; the one that stood for the same is marked as replaced in the same instant."""
    now = clock.now()
    same = {
        "period_start": value.period.start,
        "period_end": value.period.end,
        "region": value.region,
        "sex": value.sex,
    }
    indicator.measurements.filter(replaced_at=None, **same).update(replaced_at=now)
    row = Measurement(
        indicator=indicator, **same, value=value.value, numerator=value.numerator, denominator=value.denominator, low=value.low,
        high=value.high, as_of=value.as_of, source=one_line(value.source, 300), method=one_line(value.method, 300),
        note=one_line(value.note, 300), entered_at=now, entered_by_key=actor.key, **more,
    )  # fmt: skip
    for name in ("value", "numerator", "denominator", "low", "high"):  # as the column keeps them
        number = getattr(row, name)
        setattr(row, name, None if number is None else number.quantize(Decimal("0.000001")))
    row.clean_fields(exclude=["indicator", "region"])
    with told(Measurement):
        row.save()
    return row

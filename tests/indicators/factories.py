"""Rows that tests of indicators need."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.indicators.domain.indicators import move_indicator, open_indicator, set_target
from enggang.indicators.domain.measuring import Value, enter_value
from enggang.indicators.enums import IndicatorState
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.periods import period_of
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.training.factories import make_person


def make_indicator(
    agency: Organisation, name: str = "Kunjungan wisatawan", *, draft: bool = False, owner: Person | None = None, **facts: Any
) -> Indicator:  # fmt: skip
    given = {
        "kind": "main", "definition": "Orang yang datang.", "numerator": "Jumlah kunjungan", "unit": "kunjungan", "source": "BPS",
        "owner": owner or make_person(agency), **facts,
    }  # fmt: skip
    row = open_indicator(organisation=agency, name=name, actor=SYSTEM, **given)
    return row if draft else move_indicator(indicator=row, to=IndicatorState.ACTIVE, actor=SYSTEM)


def measure(row: Indicator, value: Any, *, on: date | None = None, actor: Actor = SYSTEM, **facts: Any) -> Measurement:
    """For the period in which ``on`` lies (today when not given)."""
    period = period_of(on or clock.today(), row.frequency)
    given = {"as_of": clock.today(), "source": "BPS", **facts}
    number = None if value is None else Decimal(str(value))
    return enter_value(indicator=row, value=Value(period=period, value=number, **given), actor=actor)


def aim(row: Indicator, value: Any, *, year: int | None = None, quarter: int = 0, **facts: Any) -> None:
    set_target(
        indicator=row, year=year or clock.today().year, quarter=quarter, value=Decimal(str(value)), actor=SYSTEM, **facts
    )  # fmt: skip

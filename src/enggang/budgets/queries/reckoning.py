"""Honorarium by the dated rows: which rate holds, how many units, what tax. Nothing is assumed when no row holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from enggang.budgets.amounts import tax_on
from enggang.budgets.enums import TaxKind
from enggang.budgets.models import HonorariumRate, TaxRate, TeachingUnit
from enggang.places.models import Organisation

R = TypeVar("R", HonorariumRate, TaxRate)


@dataclass(frozen=True, slots=True)
class Honorarium:
    """Gross, tax and net in rupiah. ``rate`` or ``tax_rate`` None: no row holds, and the screen says so."""

    units: int
    rate: HonorariumRate | None
    tax_rate: TaxRate | None

    @property
    def gross(self) -> int:
        return self.units * self.rate.amount if self.rate else 0

    @property
    def tax(self) -> int:
        row = self.tax_rate
        return tax_on(self.gross, base_points=row.base_points, points=row.points) if row else 0

    @property
    def net(self) -> int:
        return self.gross - self.tax

    @property
    def is_unverified(self) -> bool:
        return any(row is not None and not row.verified for row in (self.rate, self.tax_rate))

    @property
    def is_complete(self) -> bool:
        return self.rate is not None and self.tax_rate is not None


@dataclass(frozen=True, slots=True)
class Tariff:
    """The rows that hold for an agency on a day, read once for a whole list of people."""

    rates: list[HonorariumRate]
    taxes: list[TaxRate]

    def rate_for(self, unit: TeachingUnit, origin: str, rank: str) -> HonorariumRate | None:
        fitting = [row for row in self.rates if row.unit_id == unit.pk and row.teacher_origin == origin]
        return _nearest(fitting, rank)

    def tax_for(self, status: str, rank: str) -> TaxRate | None:
        fitting = [row for row in self.taxes if row.tax_status in {"", status}]
        return _nearest(fitting, rank)

    def reckon(
        self, *, unit: TeachingUnit | None, units: int, origin: str, rank: str, status: str, grade: str
    ) -> Honorarium:
        """``rank`` is the group the rate asks for (an echelon, say), ``grade`` the one the tax asks for."""
        if unit is None:
            return Honorarium(0, None, None)
        return Honorarium(units, self.rate_for(unit, origin, rank), self.tax_for(status, grade))


def tariff(organisation: Organisation, day: date) -> Tariff:
    """Two queries."""
    rates = HonorariumRate.objects.serving(organisation).on(day)
    taxes = TaxRate.objects.serving(organisation).on(day).filter(kind=TaxKind.PPH21)
    return Tariff(list(rates), list(taxes))


def units_taught(unit: TeachingUnit, sessions: Iterable[tuple[int, int]]) -> int:
    """Whole units in (minutes, JP) of sessions. A unit that counts JP takes the JP as planned, never derived."""
    rows = list(sessions)
    if unit.counts == "jp":
        return sum(jp for _minutes, jp in rows)
    return sum(minutes for minutes, _jp in rows) // unit.minutes


def _nearest(rows: list[R], rank: str) -> R | None:
    """A row for this very rank before one for any; then the agency's own before one from above; then the newest."""
    fitting = [row for row in rows if row.rank_group in {"", rank}]
    return max(fitting, key=lambda row: (bool(row.rank_group), row.closeness, row.pk), default=None)

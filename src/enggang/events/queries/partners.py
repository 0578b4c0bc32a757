"""Reads of partners: what an edition may count on, and what each gave over the years."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.budgets.enums import SourceKind
from enggang.events.enums import WITH_US, GiftKind, PartnershipState
from enggang.events.models import Edition, Partnership


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an edition has come with its partners. Money in Rupiah; ``budgeted`` is what the budget has from sponsors."""

    rows: list[Partnership]
    counts: list[tuple[str, int]]
    promised: int
    in_kind: int
    budgeted: int | None

    @property
    def differs(self) -> bool:
        return self.budgeted is not None and self.budgeted != self.promised


def standing_of(edition: Edition) -> Standing:
    rows = list(edition.partnerships.with_names().order_by("partner__kind", "partner__name_key"))
    with_us = [row for row in rows if row.state in WITH_US]
    counts = [(str(state.label), sum(row.state == state for row in rows)) for state in PartnershipState]
    cash = sum(row.value or 0 for row in with_us if row.gift == GiftKind.CASH)
    kind = sum(row.value or 0 for row in with_us if row.gift != GiftKind.CASH)
    return Standing(rows, counts, cash, kind, _budgeted(edition))


def _budgeted(edition: Edition) -> int | None:
    if edition.budget is None:
        return None
    amounts = edition.budget.sources.filter(kind=SourceKind.SPONSOR).values_list("amount", flat=True)
    return sum(amounts)


def of_last_year(row: Partnership) -> Partnership | None:
    """What the same partner gave for the edition that this one was begun from."""
    before = row.edition.cloned_from_id
    return Partnership.objects.filter(edition_id=before, partner=row.partner_id).first() if before else None

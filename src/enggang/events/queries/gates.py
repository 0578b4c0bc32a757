"""The checklist of an edition's next gate: what a person has ticked, and what the record itself proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enggang.core import clock
from enggang.events.enums import FORWARD, AutoCheck, PermitState, Stage
from enggang.events.models import Edition, GateCheck, GateItem
from enggang.events.queries.edition_concept import concept_of, is_begun


@dataclass(frozen=True, slots=True)
class GateRow:
    item: GateItem
    check: GateCheck | None
    proved: bool | None  # None: only a person can say

    @property
    def is_done(self) -> bool:
        return self.proved if self.proved is not None else self.check is not None

    @property
    def is_missing(self) -> bool:
        return self.item.required and not self.is_done


@dataclass(frozen=True, slots=True)
class Gate:
    """``to`` is the next stage; None at the end and for a cancelled edition."""

    to: Stage | None
    rows: list[GateRow]

    @property
    def missing(self) -> int:
        return sum(row.is_missing for row in self.rows)


def _dates(edition: Edition) -> bool:
    return edition.is_dated


def _confirmed(edition: Edition) -> bool:
    return edition.is_confirmed


def _organiser(edition: Edition) -> bool:
    return edition.organisers.exists()


def _site(edition: Edition) -> bool:
    return edition.sites.filter(capacity__isnull=False).exists()


def _visitors(edition: Edition) -> bool:
    return edition.visitors is not None


def _budget(edition: Edition) -> bool:
    return edition.budget is not None and not edition.budget.is_draft


def _permits(edition: Edition) -> bool:
    states = list(edition.permits.wanted().values_list("state", flat=True))
    return bool(states) and set(states) == {PermitState.ISSUED}


def _concept(edition: Edition) -> bool:
    concept = concept_of(edition)
    return concept is not None and is_begun(concept)


PROOFS: dict[str, Callable[[Edition], bool]] = {
    AutoCheck.DATES: _dates,
    AutoCheck.CONFIRMED: _confirmed,
    AutoCheck.ORGANISER: _organiser,
    AutoCheck.SITE: _site,
    AutoCheck.VISITORS: _visitors,
    AutoCheck.BUDGET: _budget,
    AutoCheck.PERMITS: _permits,
    AutoCheck.CONCEPT: _concept,
}


def gate_of(edition: Edition) -> Gate:
    """The rows that hold today for the edition's agency, its own beside the shipped ones."""
    to = FORWARD.get(Stage(edition.stage)) if not edition.is_cancelled else None
    if to is None:
        return Gate(None, [])
    items = GateItem.objects.serving(edition.organisation).on(clock.today()).filter(stage=to)
    checks = {check.item_id: check for check in edition.checks.filter(item__stage=to)}
    return Gate(to, [_row(edition, item, checks.get(item.pk)) for item in items])


def _row(edition: Edition, item: GateItem, check: GateCheck | None) -> GateRow:
    proof = PROOFS.get(item.auto)
    return GateRow(item, check, proof(edition) if proof else False if item.auto else None)

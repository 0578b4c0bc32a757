"""The checklist of an edition's next gate: what a person has ticked, and what the record itself proves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from enggang.core import clock
from enggang.events.enums import FORWARD, AutoCheck, PermitState, Stage
from enggang.events.models import Edition, GateCheck, GateItem
from enggang.events.queries.edition_concept import begun_among, concept_of, is_begun
from enggang.places.queries.dated import serves


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
    return any(site.capacity is not None for site in edition.sites.all())


def _visitors(edition: Edition) -> bool:
    return edition.visitors is not None


def _budget(edition: Edition) -> bool:
    return edition.budget is not None and not edition.budget.is_draft


def _permits(edition: Edition) -> bool:
    states = {permit.state for permit in edition.permits.all() if permit.is_wanted}
    return states == {PermitState.ISSUED}


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
    to = _next(edition)
    if to is None:
        return Gate(None, [])
    items = GateItem.objects.serving(edition.organisation).on(clock.today()).filter(stage=to)
    checks = {check.item_id: check for check in edition.checks.filter(item__stage=to)}
    return Gate(to, [_row(edition, item, checks.get(item.pk)) for item in items])


def gates_of(editions: Sequence[Edition]) -> list[Gate]:
    """``gate_of`` for many, in their order: six questions however many there are."""
    prefetch_related_objects(editions, "organisers", "sites", "permits", "checks")
    begun = begun_among(editions)
    ahead = {to for edition in editions if (to := _next(edition))}
    items = list(GateItem.objects.on(clock.today()).filter(stage__in=ahead).select_related("organisation"))
    return [_gate(edition, items, {AutoCheck.CONCEPT: edition.pk in begun}) for edition in editions]


def _gate(edition: Edition, items: Sequence[GateItem], known: Mapping[str, bool]) -> Gate:
    to, path = _next(edition), edition.organisation.path
    checks = {check.item_id: check for check in edition.checks.all()}
    mine = [item for item in items if item.stage == to and serves(item, path)]
    return Gate(to, [_row(edition, item, checks.get(item.pk), known) for item in mine])


def _next(edition: Edition) -> Stage | None:
    return FORWARD.get(Stage(edition.stage)) if not edition.is_cancelled else None


def _row(edition: Edition, item: GateItem, check: GateCheck | None, known: Mapping[str, bool] | None = None) -> GateRow:
    """``known`` are proofs that were read for many editions at once."""
    if item.auto in (known or {}):
        return GateRow(item, check, (known or {})[item.auto])
    proof = PROOFS.get(item.auto)
    return GateRow(item, check, proof(edition) if proof else False if item.auto else None)

"""Acts on the economic impact: its assumptions, figures from elsewhere, and closing a result for good."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.closing import next_version
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.core.text import one_line
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.enums_impact import AS_FACTOR, InputKind, VisitorBase
from enggang.events.models import Edition, ImpactBasis, ImpactInput, ImpactResult
from enggang.events.queries.impact_facts import basis_of, changed_fields, impact_facts, impact_results


def _keep(edition: Edition, actor: Actor) -> None:
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    record_subject(edition.subject)


@act("events.keep_impact_basis")
def keep_basis(*, edition: Edition, version: int, actor: Actor, **facts: Any) -> ImpactBasis:
    """The assumptions, with their source. ``version`` 0: none stood before."""
    _keep(edition, actor)
    Edition.objects.select_for_update().get(pk=edition.pk)  # two who write the first ones at once
    basis = basis_of(edition)
    if basis.version:
        keep_version(basis, version)
    for name, value in facts.items():
        setattr(basis, name, value)
    basis.version = basis.version or 1
    basis.source, basis.noted_at, basis.noted_by_key = one_line(basis.source, 300), clock.now(), actor.key
    basis.clean_fields(exclude=["edition"])
    _check_base(basis)
    with told(ImpactBasis):
        basis.save()
    record(area=basis.area, base=basis.base, meaning=basis.meaning)
    return basis


def _check_base(basis: ImpactBasis) -> None:
    if basis.base == VisitorBase.ENTERED and basis.visitors is None:
        raise Conflict(_("Enter the number of visitors, or choose that of the counting."))
    if (basis.low is None) != (basis.high is None):
        raise Conflict(_("A range needs both its ends; leave both empty when it is not known."))
    ends = (basis.low, basis.visitors, basis.high)
    if None not in ends and list(ends) != sorted(ends):  # type: ignore[type-var]
        raise Conflict(_("The number of visitors must lie within its range."))


@act("events.keep_impact_input")
def keep_input(*, row: ImpactInput, actor: Actor, version: int = 0, **facts: Any) -> ImpactInput:
    """A figure from elsewhere with its source, new or changed. A multiplier needs the year of its document."""
    _keep(row.edition, actor)
    if row.pk:
        keep_version(row, version)
    for name, value in facts.items():
        setattr(row, name, value)
    row.label, row.source = one_line(row.label, 200), one_line(row.source, 300)
    row.noted_at, row.noted_by_key = clock.now(), actor.key
    if not row.source:
        raise Conflict(_("Say where the figure is from: without a source it does not count."))
    row.clean_fields(exclude=["edition"])
    _check_input(row)
    with told(ImpactInput):
        row.save()
    record(kind=row.kind)
    return row


def _check_input(row: ImpactInput) -> None:
    if row.kind in AS_FACTOR:
        row.amount = None
        if row.factor is None:
            raise Conflict(_("Type the factor or the percentage."))
        if row.kind == InputKind.OCCUPANCY and row.factor > 100:
            raise Conflict(_("Occupancy is at most 100 percent."))
        if row.kind == InputKind.MULTIPLIER and not (row.year and 0 < row.factor <= 10):
            raise Conflict(_("A multiplier needs the year of its document, and lies between 0 and 10."))
        return
    row.factor = None
    if row.amount is None:
        raise Conflict(_("Type the amount or the number."))


@act("events.void_impact_input")
def void_input(*, row: ImpactInput, void: bool, actor: Actor) -> ImpactInput:
    """Take a figure out, or put it back."""
    _keep(row.edition, actor)
    row.void = void
    with told(ImpactInput):
        row.save(update_fields=["void"])
    record(kind=row.kind, void=void)
    return row


@act("events.close_impact")
def close_impact(*, edition: Edition, note: str, actor: Actor) -> ImpactResult:
    """Freeze the result as it stands, as the next version. Raises Conflict when nobody has answered, or nothing is
    otherwise than in the version before."""
    _keep(edition, actor)
    facts = impact_facts(edition)
    if not facts["n"]:
        raise Conflict(_("Nobody has answered the survey yet, so there is no result to close."))
    version = next_version(impact_results(edition), facts, changes=changed_fields, note=note, actor=actor)
    row = ImpactResult(edition=edition, **version)
    with told(ImpactResult):
        row.save()
    record(number=row.number, digest=row.digest)
    return row

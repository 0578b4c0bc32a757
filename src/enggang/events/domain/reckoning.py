"""Which permits an edition needs and until when, reckoned inside the acts that change a day, the scale or a place."""

from __future__ import annotations

from typing import Any

from enggang.core import clock
from enggang.events.enums import PermitNeed, PermitState
from enggang.events.models import DeadlineChange, Edition, Permit, PermitRule
from enggang.events.queries.deadlines import Counter, counter_of, rules_for
from enggang.events.queries.offices import office_of

FIXED = frozenset(
    {PermitState.SUBMITTED, PermitState.ISSUED}
)  # with the office: the rule no longer changes whom it is from


def reckon_permits(edition: Edition, why: str) -> list[Permit]:
    """See that every permit the rules ask for is there, with its issuer and deadline. Called inside the acts that
    change a day, the scale, the area or a place; what a person typed and what is with the office already stays."""
    counter, found = counter_of(edition), {row.kind: row for row in rules_for(edition)}
    sites = list(edition.sites.all())
    known = {permit.kind: permit for permit in edition.permits.select_related("rule") if not permit.name}
    for kind, rule in found.items():
        if kind not in known and rule.need == PermitNeed.ALWAYS:
            known[kind] = Permit(edition=edition, kind=kind)
    for permit in known.values():
        _renew(permit, edition, found.get(permit.kind), sites)
    for permit in edition.permits.select_related("rule"):
        permit.edition = edition
        recount(permit, counter, why)
    return list(known.values())


def _renew(permit: Permit, edition: Edition, rule: PermitRule | None, sites: list[Any]) -> None:
    if rule is None or permit.state in FIXED:
        return
    permit.rule, permit.issuer = rule, rule.issuer
    if not permit.own_office:
        permit.office = office_of(rule.issuer, edition, sites)
    if permit._state.adding:
        permit.subject = Permit.new_subject(edition.organisation.code)
    permit.save()


def recount(permit: Permit, counter: Counter, why: str) -> bool:
    """Count the deadline anew; a move is kept with what it was, and shown until somebody has taken note."""
    due = counter.due(permit.edition, permit.rule)
    day = due.day if due else None
    if day == permit.due_on:
        return False
    if permit.due_on is not None or permit.deadline_changes.exists():
        DeadlineChange.objects.create(
            permit=permit, was=permit.due_on, now=day, why=why[:300], basis=(due.in_words if due else "")[:600],
            noted_at=clock.now(),
        )  # fmt: skip
    Permit.objects.filter(pk=permit.pk).update(due_on=day)
    permit.due_on = day
    return True

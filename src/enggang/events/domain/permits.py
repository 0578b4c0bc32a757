"""Acts on permits: reckoned from scale and place, moved from needed to issued, recounted when a day or a list moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.events import rules
from enggang.events.domain.reckoning import reckon_permits, recount
from enggang.events.domain.standing import keep_open
from enggang.events.enums import PERMIT_MOVES, WAITING_STATES, PermitKind, PermitState
from enggang.events.models import Edition, Permit, PermitDocument, PermitFile, PermitStep
from enggang.events.queries.deadlines import counter_of, rules_for
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose

LARGEST = 10 * 1024 * 1024  # bytes


@act("events.renew_permits")
def renew_permits(*, edition: Edition, actor: Actor) -> Edition:
    """Reckon the permits of an edition by the rules and holiday lists as they are now."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    rows = reckon_permits(edition, _("counted anew by hand"))
    record(permits=len(rows))
    return edition


@act("events.add_permit")
def add_permit(*, edition: Edition, kind: str, actor: Actor, **facts: Any) -> Permit:
    """Add one that no rule asks for by itself. ``facts``: name, office, issuer, fee, note."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    rule = next((row for row in rules_for(edition) if row.kind == kind), None)
    if kind == PermitKind.OTHER and not facts.get("name", "").strip():
        raise Conflict(_("Say what permit it is."))
    permit = Permit(edition=edition, kind=kind, rule=rule, own_office=bool(facts.get("office", "").strip()), **facts)
    if rule and not facts.get("issuer"):
        permit.issuer = rule.issuer
    _tidy(permit)
    permit.subject = Permit.new_subject(edition.organisation.code)
    with told(Permit):
        permit.save()
    recount(permit, counter_of(edition), _("added"))
    record(kind=str(kind))
    return permit


@act("events.change_permit")
def change_permit(*, permit: Permit, version: int, actor: Actor, **facts: Any) -> Permit:
    """Change office, issuer, fee, validity or note. An office that is typed is kept whatever the rules say later."""
    require(rules.may_manage(actor, permit.edition.organisation))
    keep_open(permit.edition)
    keep_version(permit, version)
    before = permit.office
    for name, value in facts.items():
        setattr(permit, name, value)
    permit.own_office = bool(permit.office) and (permit.own_office or permit.office != before)
    _tidy(permit)
    with told(Permit):
        permit.save()
    record(fee=permit.fee)
    return permit


def _tidy(permit: Permit) -> None:
    permit.name, permit.office = permit.name.strip(), permit.office.strip()
    permit.issuer = permit.issuer or "other"
    permit.clean_fields(exclude=["subject"])
    if permit.valid_from and permit.valid_until and permit.valid_until < permit.valid_from:
        raise Conflict(_("The permit ends before it begins."))


@act("events.move_permit")
def move_permit(
    *,
    permit: Permit,
    to: str,
    on: date,
    actor: Actor,
    note: str = "",
    content: bytes = b"",
    filename: str = "",
    **facts: Any,
) -> Permit:
    """To the next state, or back. ``facts`` are those of an issued permit: number, issued_on, valid_from, valid_until,
    fee; ``content`` is its scan. Refused, returned and not needed need a note."""
    require(rules.may_manage(actor, permit.edition.organisation))
    keep_open(permit.edition)
    if to not in PermitState.values:
        raise Conflict(_("There is no such state."))
    was, target = PermitState(permit.state), PermitState(to)
    _check_move(permit, target, on, note, facts)
    also: dict[str, Any] = {"submitted_on": on} if target is PermitState.SUBMITTED and was in WAITING_STATES else {}
    if target is PermitState.ISSUED:
        also |= _issued(permit, facts, on)
        also |= {"scan": _stored(permit, content, filename, actor)} if content else {}
    step = PermitStep(
        permit=permit, was=was, now=target, on=on, note=note.strip(), noted_at=clock.now(), noted_by_key=actor.key
    )
    step.clean_fields()
    move(permit, target, moves={was: PERMIT_MOVES[was]}, **also)
    step.save()
    record(was=str(was), now=str(target), late=_is_late(permit, target))
    return permit


def _check_move(permit: Permit, to: PermitState, on: date, note: str, facts: dict[str, Any]) -> None:
    if to not in PERMIT_MOVES[PermitState(permit.state)]:
        raise Conflict(_("The permit is in another state now. Reload the page."))
    if on > clock.today(permit.edition.time_zone):
        raise Conflict(_("This day has not come yet."))
    if to in {PermitState.REFUSED, PermitState.RETURNED, PermitState.DROPPED} and not note.strip():
        raise Conflict(_("Say why, in the words of the office where there are any."))
    if to is PermitState.ISSUED and not str(facts.get("number") or "").strip():
        raise Conflict(_("Type the number that the permit has."))


def _issued(permit: Permit, facts: dict[str, Any], on: date) -> dict[str, Any]:
    given = {name: facts.get(name) for name in ("number", "issued_on", "valid_from", "valid_until", "fee")}
    given["number"], given["issued_on"] = str(given["number"]).strip(), given["issued_on"] or on
    for name, value in given.items():
        setattr(permit, name, value)
    _tidy(permit)
    return given


def _is_late(permit: Permit, to: PermitState) -> bool:
    handed_in = permit.submitted_on
    return to is PermitState.SUBMITTED and bool(handed_in and permit.due_on and handed_in > permit.due_on)


def _stored(permit: Permit, content: bytes, filename: str, actor: Actor) -> Any:
    found = read_paper(content, filename, largest=LARGEST)
    return store_file(
        content=content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
        organisation=permit.edition.organisation, actor=actor,
    )  # fmt: skip


@act("events.add_permit_file")
def add_permit_file(
    *,
    permit: Permit,
    content: bytes,
    filename: str,
    actor: Actor,
    document: PermitDocument | None = None,
    name: str = "",
) -> PermitFile:
    """Hand a paper in, for one of the checklist or beside it under a name."""
    require(rules.may_manage(actor, permit.edition.organisation))
    keep_open(permit.edition)
    if document is not None and document.kind != permit.kind:
        raise Conflict(_("This document belongs to another permit."))
    title = document.text if document else name.strip()
    if not title:
        raise Conflict(_("Choose the document, or say what it is."))
    row = PermitFile(permit=permit, document=document, name=title[:200], added_at=clock.now())
    row.file = _stored(permit, content, filename, actor)
    row.clean_fields()
    row.save()
    record_subject(permit.subject)
    record(file=row.pk)
    return row


@act("events.drop_permit_file")
def drop_permit_file(*, row: PermitFile, actor: Actor) -> Permit:
    require(rules.may_manage(actor, row.permit.edition.organisation))
    keep_open(row.permit.edition)
    record(file=row.pk)
    row.delete()
    return row.permit


@act("events.see_deadline")
def see_deadline(*, permit: Permit, actor: Actor) -> Permit:
    """Take note that a deadline has moved: it is no longer shown on top, but stays on record."""
    require(rules.may_manage(actor, permit.edition.organisation))
    count = permit.deadline_changes.filter(seen_at=None).update(seen_at=clock.now())
    record(changes=count)
    return permit


@act("events.recount_deadlines")
def recount_deadlines(*, edition: Edition, why: str, actor: Actor) -> Edition:
    """After a holiday list has changed: the permits that are not with the office yet are counted anew."""
    require(rules.may_manage(actor, edition.organisation))
    counter = counter_of(edition)
    moved = [permit.pk for permit in _open(edition) if recount(permit, counter, why)]
    record(moved=len(moved))
    return edition


def _open(edition: Edition) -> Iterable[Permit]:
    for permit in edition.permits.filter(state__in=WAITING_STATES).select_related("rule"):
        permit.edition = edition
        yield permit

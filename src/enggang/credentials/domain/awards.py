"""Issuing and voiding awards. Numbers are reserved in one short transaction; the papers are drawn by a job (``drawing``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.jobs import enqueue
from enggang.core.models import Job, Subject
from enggang.core.states import move
from enggang.credentials import rules
from enggang.credentials.domain.address import require_lasting_address, verification_url
from enggang.credentials.domain.drawing import draw_awards
from enggang.credentials.enums import AWARD_MOVES, AwardState
from enggang.credentials.models import Award
from enggang.credentials.signals import award_voided
from enggang.documents.domain.documents import draft_document, void_document
from enggang.documents.domain.registers import reserve_numbers
from enggang.documents.models import Number, Register
from enggang.documents.rendering.typography import Unprintable
from enggang.people.models import Person

BATCH = 500


@dataclass(frozen=True, slots=True)
class AwardRequest:
    """One award to be issued: for whom, on what basis, and what the paper says (without number and code)."""

    person: Person
    basis: Subject
    title: str
    hours: int
    paper: dict[str, Any]
    wet_signed: bool = False
    valid_until: date | None = None  # its last day; for ever when there is none


@act("credentials.issue_awards")
def issue_awards(
    *, register: Register, requests: Sequence[AwardRequest], issued_on: date, specimen: bool, actor: Actor
) -> Job:
    """Reserve numbers and codes for a batch of awards and queue the drawing of their papers.

    Answers the job. Raises Conflict while the public address is provisional (specimens excepted), when the
    batch is empty or too large, or when one of the bases already has a valid award.
    """
    awards = _reserve(register, requests, issued_on, AwardState.RESERVED, specimen=specimen, actor=actor)
    return _draw_later(register, awards, actor)


@act("credentials.prepare_awards")
def prepare_awards(
    *, register: Register, requests: Sequence[AwardRequest], issued_on: date, specimen: bool, actor: Actor
) -> list[Award]:
    """Reserve numbers and codes for awards that will probably be earned, so that their papers can be printed before.

    Their codes answer «not issued yet» until ``hand_out_awards``. Raises Conflict as ``issue_awards`` does.
    """
    return _reserve(register, requests, issued_on, AwardState.PREPARED, specimen=specimen, actor=actor)


@act("credentials.hand_out_awards")
def hand_out_awards(*, awards: Sequence[Award], actor: Actor, hours: Mapping[int, int] | None = None) -> Job:
    """What was prepared has been earned: its papers are drawn once more, frozen, and valid from then on.

    ``hours`` by award id are those credited, where they became known after the paper was printed.
    """
    credited = hours or {}
    if not 0 < len(awards) <= BATCH:
        raise Conflict(_("Choose between 1 and %(limit)s people.") % {"limit": BATCH})
    for award in awards:
        require(rules.may_issue(actor, award.organisation))
        move(award, AwardState.RESERVED, moves=AWARD_MOVES, hours=credited.get(award.pk, award.hours))
    record(awards=len(awards), first=awards[0].number, last=awards[-1].number)
    return _draw_later(awards[0].document.number.register, awards, actor)


def _draw_later(register: Register, awards: Sequence[Award], actor: Actor) -> Job:
    ids = [award.pk for award in awards]
    return enqueue(
        draw_awards,
        actor=actor,
        title=gettext_noop("Certificates: {title}"),
        title_values={"title": awards[0].title},
        subject_code=register.code,
        award_ids=ids,
    )


def _reserve(
    register: Register,
    requests: Sequence[AwardRequest],
    issued_on: date,
    state: AwardState,
    *,
    specimen: bool,
    actor: Actor,
) -> list[Award]:
    require(rules.may_issue(actor, register.organisation))
    if not specimen:
        require_lasting_address()
    if not 0 < len(requests) <= BATCH:
        raise Conflict(_("Choose between 1 and %(limit)s people.") % {"limit": BATCH})
    numbers = reserve_numbers(register=register, count=len(requests), on=issued_on, actor=actor)
    pairs = zip(requests, numbers, strict=True)
    awards = [_draft(register, *pair, issued_on, state, specimen=specimen, actor=actor) for pair in pairs]
    record_subject(register.subject)
    record(awards=len(awards), first=numbers[0].text, last=numbers[-1].text)
    return awards


def _draft(
    register: Register,
    request: AwardRequest,
    number: Number,
    issued_on: date,
    state: AwardState,
    *,
    specimen: bool,
    actor: Actor,
) -> Award:
    code = codes.verify_code()
    paper = {
        **request.paper,
        "number": number.text,
        "specimen": specimen,
        "verification": {"url": verification_url(code), "code": code},
    }
    try:
        document = draft_document(number=number, kind="certificate", data=paper, specimen=specimen, actor=actor)
    except Unprintable as refused:
        raise Conflict(f"{paper['holder']['name']}: {refused.message}") from refused
    award = Award(
        organisation=register.organisation,
        person=request.person,
        basis=request.basis,
        document=document,
        verify_code=code,
        state=state,
        wet_signed=request.wet_signed,
        title=request.title,
        holder_name=paper["holder"]["name"],
        holder_nip=request.person.nip,
        issuer_name=register.organisation.name,
        number=number.text,
        hours=request.hours,
        issued_on=issued_on,
        valid_until=request.valid_until,
        specimen=specimen,
        subject=Award.new_subject(register.organisation.code),
    )
    with told(Award):
        award.save()
    return award


@act("credentials.void_award")
def void_award(*, award: Award, reason: str, actor: Actor, quietly: bool = False) -> Award:
    """Void a wrong award. Its number is never used again, its code answers «void» for ever.

    ``quietly``: its holder is not told of it, because they are told of the one that takes its place.
    """
    require(rules.may_issue(actor, award.organisation))
    reason = reason.strip()
    if not reason:
        raise Conflict(_("Say why it is voided: the reason stays in the register."))
    known = not award.is_prepared and not quietly
    void_document(document=award.document, reason=reason, actor=actor)
    move(award, AwardState.VOIDED, moves=AWARD_MOVES, void_reason=reason[:300], voided_at=clock.now())
    award_voided.send(sender=Award, award=award, actor=actor, known=known)
    return award

"""Issuing and voiding awards. Numbers are reserved in one short transaction; the papers are drawn by a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job, Subject
from enggang.core.states import move
from enggang.credentials import rules
from enggang.credentials.domain.address import require_lasting_address, verification_url
from enggang.credentials.enums import AWARD_MOVES, AwardState
from enggang.credentials.models import Award
from enggang.credentials.signals import award_issued, award_voided
from enggang.documents.domain.documents import draft_document, freeze_document, render_document, void_document
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


@act("credentials.issue_awards")
def issue_awards(
    *, register: Register, requests: Sequence[AwardRequest], issued_on: date, specimen: bool, actor: Actor
) -> Job:
    """Reserve numbers and codes for a batch of awards and queue the drawing of their papers.

    Answers the job. Raises Conflict while the public address is provisional (specimens excepted), when the
    batch is empty or too large, or when one of the bases already has a valid award.
    """
    organisation = register.organisation
    require(rules.may_issue(actor, organisation))
    if not specimen:
        require_lasting_address()
    if not 0 < len(requests) <= BATCH:
        raise Conflict(_("Choose between 1 and %(limit)s people.") % {"limit": BATCH})
    numbers = reserve_numbers(register=register, count=len(requests), on=issued_on, actor=actor)
    awards = []
    for request, number in zip(requests, numbers, strict=True):
        awards.append(_draft(register, request, number, issued_on, specimen=specimen, actor=actor))
    record_subject(register.subject)
    record(awards=len(awards), first=numbers[0].text, last=numbers[-1].text)
    title = _("Certificates: %(title)s") % {"title": requests[0].title}
    return enqueue(
        draw_awards,
        actor=actor,
        title=title[:200],
        subject_code=register.code,
        award_ids=[award.pk for award in awards],
    )


def _draft(
    register: Register, request: AwardRequest, number: Number, issued_on: date, *, specimen: bool, actor: Actor
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
        title=request.title,
        holder_name=paper["holder"]["name"],
        holder_nip=request.person.nip,
        issuer_name=register.organisation.name,
        number=number.text,
        hours=request.hours,
        issued_on=issued_on,
        specimen=specimen,
        subject=Award.new_subject(register.organisation.code),
    )
    with told(Award):
        award.save()
    return award


@job("credentials.draw_awards")
def draw_awards(run: JobRun, *, award_ids: list[int]) -> None:
    """Draw and freeze the papers of a batch. Safe to run twice: what is frozen is passed over."""
    rows = list(
        Award.objects.filter(pk__in=award_ids, state=AwardState.RESERVED)
        .select_related("subject", "organisation__subject", "document__subject", "document__number", "person")
        .order_by("pk")
    )
    done = len(award_ids) - len(rows)
    for award in rows:
        pdf = render_document(award.document)
        finish_award(award=award, pdf=pdf, actor=run.actor)
        done += 1
        run.progress(done, len(award_ids))
    run.outcome(issued=done)


@act("credentials.finish_award")
def finish_award(*, award: Award, pdf: bytes, actor: Actor) -> Award:
    """Freeze a drawn paper with its SHA-256; from here on its code answers «valid»."""
    require(rules.may_issue(actor, award.organisation))
    freeze_document(document=award.document, pdf=pdf, actor=actor)
    move(award, AwardState.ISSUED, moves=AWARD_MOVES)
    award_issued.send(sender=Award, award=award, actor=actor)
    return award


@act("credentials.void_award")
def void_award(*, award: Award, reason: str, actor: Actor) -> Award:
    """Void a wrong award. Its number is never used again, its code answers «void» for ever."""
    require(rules.may_issue(actor, award.organisation))
    reason = reason.strip()
    if not reason:
        raise Conflict(_("Say why it is voided: the reason stays in the register."))
    void_document(document=award.document, reason=reason, actor=actor)
    move(award, AwardState.VOIDED, moves=AWARD_MOVES, void_reason=reason[:300], voided_at=clock.now())
    award_voided.send(sender=Award, award=award, actor=actor)
    return award

"""The papers of a batch: drawn, signed and examined outside any transaction, then issued in sets.

A worker that dies loses the set in its hands and nothing else: the next one finds what is still to be drawn.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import ActRecord, Conflict, act_each, require
from enggang.core.bulk import in_parts
from enggang.core.jobs import JobRun, job
from enggang.core.states import move_each
from enggang.credentials import rules
from enggang.credentials.enums import AWARD_MOVES, AwardState
from enggang.credentials.models import Award
from enggang.credentials.signals import awards_issued
from enggang.documents.domain.attaching import Examined, attach_signatures, examined
from enggang.documents.domain.documents import Drawn, freeze_documents, render_document
from enggang.documents.domain.signing import method_for, require_ready, sign_with_key
from enggang.documents.models import SigningMethod
from enggang.documents.rendering.binding import bound_for_duplex
from enggang.documents.signing.signed import Unavailable

logger = logging.getLogger("enggang.credentials")
PRINTING = "credentials.print_awards"
SET = 10  # papers that are issued at once: half a second of signing, some 20 ms of writing

Way = SigningMethod | None


@dataclass(frozen=True, slots=True)
class Finished:
    """A paper that is drawn, and signed where the organisation's own key does so, and not on record yet."""

    award: Award
    pdf: bytes
    signed: Examined | None
    actor: Actor


@job("credentials.draw_awards")
def draw_awards(run: JobRun, *, award_ids: list[int]) -> None:
    """Draw, sign and freeze the papers of a batch. Safe to run twice: what is frozen is passed over.

    One that cannot be issued holds up none of the others; the job then ends with what was wrong with the first of them.
    """
    rows = to_be_drawn(award_ids)
    done, problems = len(award_ids) - len(rows), list[Exception]()
    for part in in_parts(rows, SET):
        done += kept(finished_papers(part, run.actor, problems), problems)
        run.progress(done, len(award_ids))
        if any(isinstance(each, Unavailable) for each in problems):
            break  # it would keep every other paper waiting as long
    run.outcome(issued=done)
    if problems:
        raise problems[0]


def to_be_drawn(award_ids: Sequence[int]) -> list[Award]:
    """With all that is asked of them on the way, so that a set is issued without a question for each."""
    rows = Award.objects.filter(pk__in=award_ids, state=AwardState.RESERVED).select_related(
        "subject", "organisation__subject", "document__subject", "document__number", "document__organisation__subject",
    )  # fmt: skip
    return list(rows.order_by("pk"))


def finished_papers(awards: Sequence[Award], actor: Actor, problems: list[Exception]) -> list[Finished]:
    """Those of the papers that could be drawn and signed; what was wrong with the others is added to ``problems``."""
    ways, papers = ways_of_signing(awards), list[Finished]()
    for award in awards:
        try:
            papers.append(finished(award, render_document(award.document), ways, actor))
        except Unavailable as problem:
            problems.append(problem)
            break
        except Exception as problem:
            logger.warning("the paper of award %s could not be drawn", award.pk, exc_info=True)
            problems.append(problem)
    return papers


def ways_of_signing(awards: Sequence[Award]) -> dict[tuple[int, str], Way]:
    """By organisation and kind of paper: the key in force at this moment. One exchanged in mid-batch signs the rest.

    Raises Conflict when a key may not sign: that concerns all of them.
    """
    found: dict[tuple[int, str], Way] = {}
    for award in awards:
        if not award.wet_signed and _signs(award) not in found:
            method = method_for(award.organisation, award.document.kind)
            found[_signs(award)] = method if method and method.signs_by_itself else None
    for way in filter(None, found.values()):
        require_ready(way)
    return found


def _signs(award: Award) -> tuple[int, str]:
    return award.organisation_id, award.document.kind


def finished(award: Award, pdf: bytes, ways: Mapping[tuple[int, str], Way], actor: Actor) -> Finished:
    """A drawn paper, signed and examined where it is to be."""
    way = None if award.wet_signed else ways[_signs(award)]
    if way is None:
        return Finished(award, pdf, None, actor)
    signed = sign_with_key(pdf, method=way)
    return Finished(
        award, pdf, examined(document=award.document, signed=signed, method=way, actor=actor, frozen=pdf), actor
    )


def kept(papers: Sequence[Finished], problems: list[Exception]) -> int:
    """How many of the papers are issued now. When one of them stands in the way, each is kept by itself."""
    try:
        return len(finish_awards(papers)) if papers else 0
    except Conflict:
        return sum(_kept_alone(each, problems) for each in papers)


def _kept_alone(paper: Finished, problems: list[Exception]) -> bool:
    """Not issued when it was voided since the batch was read; issued by another worker is as well."""
    try:
        finish_awards([paper])
    except Conflict as problem:
        paper.award.refresh_from_db(fields=["state"])
        if paper.award.state == AwardState.RESERVED:
            problems.append(problem)
        return paper.award.is_issued
    return True


@act_each("credentials.finish_award")
def finish_awards(asked: Sequence[Finished], records: Sequence[ActRecord]) -> list[Award]:
    """Freeze drawn papers with their SHA-256, and with them what was signed, all or none.

    From here on their codes answer «valid». Raises Conflict when one of them was voided, or issued by another worker.
    """
    for each in asked:
        require(rules.may_issue(each.actor, each.award.organisation))
    freeze_documents([Drawn(each.award.document, each.pdf, each.actor) for each in asked])
    attach_signatures([each.signed for each in asked if each.signed])
    awards = [each.award for each in asked]
    move_each(awards, AwardState.ISSUED, moves=AWARD_MOVES)
    awards_issued.send(sender=Award, awards=awards, actor=asked[0].actor)
    for award, told in zip(awards, records, strict=True):
        told.tell(award.subject)
    return awards


def may_read_print(actor: Actor, **kwargs: Any) -> bool:
    """The printed file is for whoever may issue for the agency today."""
    awards = Award.objects.filter(pk__in=kwargs["award_ids"][:1]).select_related("organisation")
    return all(rules.may_issue(actor, award.organisation) for award in awards)


@job(PRINTING, may_read=may_read_print)
def print_awards(run: JobRun, *, award_ids: list[int]) -> None:
    """One file for a duplex printer with the papers in the order given; what was voided since is left out."""
    valid = Award.objects.filter(pk__in=award_ids, name_removed_at=None).exclude(state=AwardState.VOIDED)
    rows = {row.pk: row for row in valid.select_related("document__number")}
    papers = []
    for place, key in enumerate(award_ids, start=1):
        if key in rows:
            papers.append(render_document(rows[key].document))
        run.progress(place, len(award_ids))
    if not papers:
        raise Conflict(_("There is nothing to print: all of these certificates have been voided."))
    run.result_file("sertifikat-cetak.pdf", bound_for_duplex(papers))
    run.outcome(printed=len(papers))

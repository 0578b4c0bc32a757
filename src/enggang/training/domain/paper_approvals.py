"""A superior who has no account agrees on paper; the organiser enters what the paper says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import move
from enggang.documents.domain.letters import scan_kind
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.training import rules
from enggang.training.domain.calling import tell_superior
from enggang.training.domain.stages import stage_after, state_at
from enggang.training.enums import NOMINATION_MOVES, NominationState
from enggang.training.models import Call, Nomination, PaperApproval

MOST = 200


@dataclass(frozen=True, slots=True)
class ApprovalPaper:
    """What stands on the paper; ``content`` is its scan, where there is one."""

    signed_by: str
    dated: date
    number: str = ""
    content: bytes = b""


@act("training.agree_on_paper")
def agree_on_paper(*, call: Call, people: Sequence[Nomination], paper: ApprovalPaper, actor: Actor) -> int:
    """Take the people whom a paper names past the stage they wait at; answers how many.

    Raises Conflict without number and scan, for a day to come, for one's own nomination, and when one of them no longer
    waits for somebody's word: then nobody is taken on.
    """
    require(rules.may_manage(actor, call.organisation))
    record_subject(call.subject)
    _check(people, paper)
    stored = _keep_scan(call, paper, actor)
    ids = [row.pk for row in people]
    rows = list(Nomination.objects.select_for_update(of=("self",)).with_names().filter(pk__in=ids, invited__call=call))
    if len(rows) != len(set(ids)):
        raise Conflict(_("The list has changed in the meantime. Reload the page to see how it stands."))
    for row in rows:
        _agree(row, paper, stored, actor)
    record(people=[row.code for row in rows], scan=stored is not None)
    return len(rows)


def _check(people: Sequence[Nomination], paper: ApprovalPaper) -> None:
    if not people or len(people) > MOST:
        raise Conflict(_("Choose between 1 and %(limit)s people whom the paper names.") % {"limit": MOST})
    if not paper.number.strip() and not paper.content:
        raise Conflict(_("Give the number of the paper or attach its scan, so that it can be found again."))
    if paper.dated > clock.today():
        raise Conflict(_("The paper bears a day that is still to come."))


def _keep_scan(call: Call, paper: ApprovalPaper, actor: Actor) -> StoredFile | None:
    if not paper.content:
        return None
    media_type, suffix = scan_kind(paper.content)
    return store_file(
        content=paper.content, name=f"persetujuan-{call.code}.{suffix}", media_type=media_type,
        purpose=Purpose.EVIDENCE, organisation=call.organisation, actor=actor,
    )  # fmt: skip


def _agree(row: Nomination, paper: ApprovalPaper, stored: StoredFile | None, actor: Actor) -> None:
    if not row.may_be_agreed_on_paper or row.stage is None:
        raise Conflict(_("%(name)s no longer waits for a superior. Reload the page.") % {"name": row.person.name})
    if actor.user_id is not None and row.person.user_id == actor.user_id:
        raise Conflict(_("Your own nomination is for somebody else to enter."))
    kept = PaperApproval(
        nomination=row, stage=row.stage, number=paper.number.strip(), dated=paper.dated,
        signed_by=paper.signed_by.strip(), file=stored, entered_at=clock.now(), entered_by_key=actor.key,
    )  # fmt: skip
    kept.clean_fields()
    with told(PaperApproval):
        kept.save()
    following = stage_after(row.invited.call_id, row.stage.position)
    move(
        row, state_at(following), moves=NOMINATION_MOVES, stage=following, reason="", decided_at=clock.now(),
        decided_by_key=actor.key,
    )  # fmt: skip
    tell_superior(row, actor)


@act("training.take_back_paper")
def take_back_paper(*, paper: PaperApproval, actor: Actor) -> Nomination:
    """Undo: the nomination waits at that stage again. The paper stays on record as taken back."""
    row = paper.nomination
    require(rules.may_manage(actor, row.invited.call.organisation))
    record_subject(row.subject)
    if row.state not in {NominationState.WAITING, NominationState.APPROVED}:
        raise Conflict(_("This nomination is past that point. Undo what came after it first."))
    if row.papers.filter(ended_at=None, stage__position__gt=paper.stage.position).exists():
        raise Conflict(_("A later stage was agreed to on paper as well. Take that back first."))
    if not PaperApproval.objects.filter(pk=paper.pk, ended_at=None).update(ended_at=clock.now()):
        raise Conflict(_("This was taken back already."))
    return move(
        row, NominationState.WAITING, moves=NOMINATION_MOVES, stage=paper.stage, decided_at=None, decided_by_key=""
    )

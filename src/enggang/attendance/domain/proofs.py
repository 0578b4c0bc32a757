"""Letters and photos for leave and illness: handed in, then accepted or refused by who marks attendance."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from enggang.attendance.domain.marks import check_pass, check_planned
from enggang.attendance.enums import PROOF_MOVES, Method, ProofState, Status
from enggang.attendance.models import Mark, Occasion, Proof
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.states import move
from enggang.core.text import one_line
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose

PROVEN = (Status.EXCUSED, Status.SICK)
MOST_OCCASIONS = 60


@act("attendance.hand_in_proof")
def hand_in_proof(
    *,
    occasions: Sequence[Occasion],
    holder: Subject,
    status: Status | str,
    content: bytes,
    name: str,
    actor: Actor,
    note: str = "",
) -> list[Proof]:
    """Keep one letter for the occasions it speaks of, to be checked; an earlier one still unchecked gives way to it.

    What it is decides the content: PDF, JPEG or PNG of at most 5 MB. That the actor may speak for the holder is the
    caller's rule.
    """
    if status not in PROVEN:
        raise Conflict(_("Choose whether it is leave or illness."))
    if not 1 <= len(occasions) <= MOST_OCCASIONS:
        raise Conflict(_("Choose the sessions that the letter is for."))
    for occasion in occasions:
        check_planned(occasion)
    for occasion in {row.group_id: row for row in occasions}.values():
        check_pass(occasion, holder)
    paper = read_paper(content, name)
    stored = store_file(
        content=content, name=paper.name, media_type=paper.media_type, purpose=Purpose.EVIDENCE,
        organisation=occasions[0].organisation, actor=actor,
    )  # fmt: skip
    now = clock.now()
    waiting = Proof.objects.filter(holder=holder, occasion__in=occasions, state=ProofState.PENDING)
    waiting.update(state=ProofState.REPLACED, decided_at=now)
    with told(Proof):
        found = [
            Proof.objects.create(
                occasion=occasion, holder=holder, status=status, note=one_line(note, 200), file=stored, handed_at=now,
                handed_by_key=actor.key,
            )
            for occasion in occasions
        ]  # fmt: skip
    record_subject(holder)
    record(occasions=[occasion.code for occasion in occasions])
    return found


@act("attendance.accept_proof")
def accept_proof(*, proof: Proof, actor: Actor) -> Mark:
    """Let the letter count: its holder is down as on leave or sick at that occasion.

    Raises Conflict when they are down as present: what was signed is not overwritten by a letter.
    """
    occasion = proof.occasion
    require(may_mark_attendance(actor, occasion.organisation))
    check_planned(occasion)
    before = Mark.objects.filter(occasion=occasion, holder=proof.holder_id).values_list("status", flat=True).first()
    _decide(proof, ProofState.ACCEPTED, actor, before=before or "")
    values = _mark_of(proof)
    mark, made = Mark.objects.get_or_create(occasion=occasion, holder_id=proof.holder_id, defaults=values)
    if not made and not Mark.objects.filter(pk=mark.pk).exclude(status=Status.PRESENT).update(**values):
        raise Conflict(_("They are down as present there. Correct the list first, or refuse the letter."))
    mark.refresh_from_db()
    record_subject(occasion.subject)
    record(holder=proof.holder.code, made=made)
    return mark


@act("attendance.accept_letter")
def accept_letter(*, proof: Proof, actor: Actor) -> list[Proof]:
    """Let the letter behind ``proof`` count for every session for which it still waits; answers where it now does.

    Where its holder is down as present, or the session was called off, it goes on waiting.
    """
    require(may_mark_attendance(actor, proof.occasion.organisation))
    rows = Proof.objects.filter(file=proof.file_id, holder=proof.holder_id, state=ProofState.PENDING)
    found = []
    for row in rows.select_related("holder", "occasion__organisation", "occasion__subject").order_by("pk"):
        with suppress(Conflict):
            accept_proof(proof=row, actor=actor)
            found.append(row)
    if not found:
        raise Conflict(_("They are down as present there. Correct the list first, or refuse the letter."))
    record_subject(proof.occasion.subject)
    record(holder=proof.holder.code, occasions=[row.occasion.code for row in found])
    return found


@act("attendance.refuse_proof")
def refuse_proof(*, proof: Proof, reason: str, actor: Actor) -> Proof:
    """Do not let the letter count; the reason is shown to whoever handed it in. The list stays as it is."""
    require(may_mark_attendance(actor, proof.occasion.organisation))
    if not reason.strip():
        raise Conflict(_("Say why the letter is refused: its owner reads it."))
    _decide(proof, ProofState.REFUSED, actor, one_line(reason, 200))
    record_subject(proof.occasion.subject)
    record(holder=proof.holder.code)
    return proof


@act("attendance.reopen_proof")
def reopen_proof(*, proof: Proof, actor: Actor) -> Proof:
    """Take a decision on a letter back: it waits to be checked again.

    What the list says on the strength of the letter goes back to what it said before, unless somebody has marked
    the person otherwise since. Raises Conflict when a newer letter for this session waits already.
    """
    occasion = proof.occasion
    require(may_mark_attendance(actor, occasion.organisation))
    accepted, marked = proof.state == ProofState.ACCEPTED, _mark_of(proof)
    with told(Proof):
        move(
            proof, ProofState.PENDING, moves=PROOF_MOVES, decided_at=None, decided_by_key="", decision_reason="",
        )  # fmt: skip
    changed = _unmark(proof, marked, actor) if accepted else 0
    record_subject(occasion.subject)
    record(holder=proof.holder.code, changed=changed)
    return proof


def _unmark(proof: Proof, marked: dict[str, Any], actor: Actor) -> int:
    rows = Mark.objects.filter(occasion=proof.occasion_id, holder=proof.holder_id, **marked)
    if not proof.before:
        return rows.delete()[0]
    return rows.update(status=proof.before, method=Method.LIST, at=clock.now(), by_key=actor.key, note="")


def _mark_of(proof: Proof) -> dict[str, Any]:
    """The mark that an accepted letter makes; whoever is marked otherwise since has another."""
    return {
        "status": proof.status, "method": Method.LIST, "at": proof.decided_at, "by_key": proof.decided_by_key,
        "note": proof.note,
    }  # fmt: skip


@act("attendance.add_proof")
def add_proof(
    *,
    occasion: Occasion,
    holder: Subject,
    status: Status | str,
    content: bytes,
    name: str,
    actor: Actor,
    note: str = "",
) -> Proof:
    """Staff keep a letter that was given to them: it counts at once."""
    require(may_mark_attendance(actor, occasion.organisation))
    (proof,) = hand_in_proof(
        occasions=[occasion], holder=holder, status=status, content=content, name=name, note=note, actor=actor
    )  # fmt: skip
    accept_proof(proof=proof, actor=actor)
    record_subject(occasion.subject)
    return proof


def _decide(proof: Proof, to: ProofState, actor: Actor, reason: str = "", before: str = "") -> None:
    move(
        proof, to, moves=PROOF_MOVES, decided_at=clock.now(), decided_by_key=actor.key, decision_reason=reason,
        before=before,
    )  # fmt: skip

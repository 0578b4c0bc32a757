"""The registry of replications, from both ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.text import one_line
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile
from enggang.innovation import rules
from enggang.innovation.models import Innovation, Replication


def note_copy(*, origin: Innovation, copy: Innovation, actor: Actor) -> Replication:
    """Inside an act: one on record here begins as a copy of another one. Its proof comes when it is in use."""
    on = clock.today(copy.organisation.time_zone)
    return _save(Replication(origin=origin, copy=copy, region=copy.organisation.region, on=on), actor)


def _save(row: Replication, actor: Actor) -> Replication:
    row.entered_at, row.entered_by_key = clock.now(), actor.key
    row.clean_fields(exclude=["proof"])
    with told(Replication):
        row.save()
    return row


@act("innovation.note_replication")
def note_replication(
    *, innovation: Innovation, on: date, actor: Actor, copy_name: str = "", origin_name: str = "",
    paper: tuple[bytes, str] | None = None, **facts: Any,
) -> Replication:  # fmt: skip
    """Put on record who outside copied ``innovation`` (``copy_name``), or from whom it was copied (``origin_name``).

    ``paper`` is the proof, content and name. Raises Conflict unless exactly one of the two ends is named, and for a day ahead.
    """
    require(rules.may_write(actor, innovation))
    if bool(copy_name.strip()) == bool(origin_name.strip()):
        raise Conflict(_("Say either who copied it, or from whom it was copied."))
    if on > clock.today(innovation.organisation.time_zone):
        raise Conflict(_("This day lies in the future."))
    ends = {"origin": innovation} if copy_name.strip() else {"copy": innovation}
    row = Replication(
        on=on, copy_name=one_line(copy_name, 300), origin_name=one_line(origin_name, 300), **ends, **facts
    )  # fmt: skip
    if paper is not None:
        row.proof = _stored(innovation, paper, actor)
    _save(row, actor)
    record_subject(innovation.subject)
    record(proof=paper is not None, copied=bool(copy_name.strip()))
    return row


def _stored(innovation: Innovation, paper: tuple[bytes, str], actor: Actor) -> StoredFile:
    content, name = paper
    kind = read_paper(content, name)
    return store_file(
        content=content, name=kind.name, media_type=kind.media_type, purpose=Purpose.EVIDENCE,
        organisation=innovation.organisation, actor=actor,
    )  # fmt: skip


@act("innovation.prove_replication")
def prove_replication(*, replication: Replication, paper: tuple[bytes, str], actor: Actor) -> Replication:
    """Lay the proof to a replication that has none."""
    innovation = _own_end(replication, actor)
    stored = _stored(innovation, paper, actor)
    if not Replication.objects.filter(pk=replication.pk, proof=None, voided_at=None).update(proof=stored):
        raise Conflict(_("This was done already."))
    record_subject(innovation.subject)
    replication.proof = stored
    return replication


def _own_end(replication: Replication, actor: Actor) -> Innovation:
    """The end that the actor writes for."""
    ends = [each for each in (replication.origin, replication.copy) if each is not None]
    own = [each for each in ends if rules.may_write(actor, each)]
    require(bool(own))
    return own[0]


@act("innovation.void_replication")
def void_replication(*, replication: Replication, reason: str, actor: Actor) -> Replication:
    """It no longer counts; that it was entered stays on record."""
    innovation = _own_end(replication, actor)
    if not reason.strip():
        raise Conflict(_("Give the reason. It is kept with the record."))
    rows = Replication.objects.filter(pk=replication.pk, voided_at=None)
    if not rows.update(voided_at=clock.now(), void_reason=one_line(reason, 300)):
        raise Conflict(_("This was done already."))
    record_subject(innovation.subject)
    return replication

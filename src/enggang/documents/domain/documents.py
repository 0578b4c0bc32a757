"""A paper's life: drafted with its number, drawn outside any transaction, frozen once, voided with a reason."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.registries import document_kinds
from enggang.core.states import move
from enggang.documents import rules
from enggang.documents.canonical import canonical_bytes
from enggang.documents.domain.registers import needed
from enggang.documents.enums import DOCUMENT_MOVES, NUMBER_MOVES, DocumentState, NumberState
from enggang.documents.kinds import DRAWINGS
from enggang.documents.models import Document, Number
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile


@act("documents.draft_document")
def draft_document(*, number: Number, kind: str, data: dict[str, Any], specimen: bool, actor: Actor) -> Document:
    """Write down what the paper with the reserved ``number`` will say. From here on the data never changes.

    ``data`` has the shape of the kind (``core.registries.document_kinds``) and repeats the number and whether
    it is a specimen. Raises Misshapen (a programmer's error) or Unprintable (a character no font has).
    """
    organisation = number.register.organisation
    require(rules.may_issue(actor, organisation))
    clean = DRAWINGS[kind].clean(data)
    if (clean["number"], clean["specimen"]) != (number.text, specimen):
        raise ValueError("the data speaks of another number, or not of a specimen where it should")
    document = Document.objects.create(
        subject=Document.new_subject(organisation.code),
        organisation=organisation,
        number=number,
        kind=kind,
        template=document_kinds[kind].template,
        data=canonical_bytes(clean),
        specimen=specimen,
        issued_on=date.fromisoformat(clean["issued"]["on"]),
    )
    record(kind=kind, number=number.text, specimen=specimen)
    return document


def render_document(document: Document) -> bytes:
    """The PDF of a document, drawn by the template it was drafted for: the same bytes however often it is asked."""
    content = document.content
    return DRAWINGS[document.kind].draw(
        content, document.template, _emblem(content.get("issuer", {}).get("emblem", ""))
    )


def _emblem(code: str) -> bytes:
    stored = StoredFile.objects.filter(subject__code=code).first() if code else None
    return read_bytes(stored) if stored else b""


@act("documents.freeze_document")
def freeze_document(*, document: Document, pdf: bytes, actor: Actor) -> Document:
    """Keep the drawn paper for ever and use up its number.

    Safe to do twice with the same bytes; other bytes are a Conflict, because an issued paper is never rewritten.
    """
    require(rules.may_issue(actor, document.organisation))
    digest = hashlib.sha256(pdf).hexdigest()
    if not _froze_first(document, digest):
        return document
    stored = store_file(
        content=pdf,
        name=f"{document.number.text.replace('/', '-')}.pdf",
        purpose=Purpose.CERTIFICATE,
        organisation=document.organisation,
        media_type="application/pdf",
        actor=actor,
    )
    document.file = stored
    document.save(update_fields=["file"])
    move(document.number, NumberState.USED, moves=NUMBER_MOVES)
    record(number=document.number.text, sha256=digest)
    return document


def _froze_first(document: Document, digest: str) -> bool:
    """Claim the freezing; the row is locked from here, so only one of two workers stores a file."""
    try:
        move(document, DocumentState.FROZEN, moves=DOCUMENT_MOVES, sha256=digest, frozen_at=clock.now())
    except Conflict:
        document.refresh_from_db()
        if not document.is_frozen:
            raise
        if document.sha256 != digest:
            raise Conflict(_("This paper has already been issued and cannot be replaced. Void it first.")) from None
        return False
    return True


@act("documents.void_document")
def void_document(*, document: Document, reason: str, actor: Actor) -> Document:
    """Void a paper and its number, which is never used again. Data and file stay for the record."""
    require(rules.may_issue(actor, document.organisation))
    why = needed(reason)
    move(document, DocumentState.VOIDED, moves=DOCUMENT_MOVES, void_reason=why, voided_at=clock.now())
    move(document.number, NumberState.VOIDED, moves=NUMBER_MOVES, reason=why)
    record(number=document.number.text)
    return document

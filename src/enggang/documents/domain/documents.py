"""A paper's life: drafted with its number, drawn outside any transaction, frozen once, voided with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord, Conflict, act, act_each, record, require
from enggang.core.bulk import update_rows
from enggang.core.canonical import canonical_bytes
from enggang.core.registries import document_kinds
from enggang.core.states import move, move_each, overtaken
from enggang.documents import rules
from enggang.documents.domain.registers import needed
from enggang.documents.enums import DOCUMENT_MOVES, NUMBER_MOVES, DocumentState, NumberState
from enggang.documents.kinds import DRAWINGS
from enggang.documents.models import Document, Number
from enggang.files.domain.storing import NewFile, read_bytes, store_files
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper with what was drawn for it."""

    document: Document
    pdf: bytes
    actor: Actor

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.pdf).hexdigest()


def freeze_document(*, document: Document, pdf: bytes, actor: Actor) -> Document:
    """Keep the drawn paper for ever and use up its number, as ``freeze_documents`` does for several."""
    return freeze_documents([Drawn(document, pdf, actor)])[0]


@act_each("documents.freeze_document")
def freeze_documents(asked: Sequence[Drawn], records: Sequence[ActRecord]) -> list[Document]:
    """Keep drawn papers for ever and use up their numbers, all or none.

    Safe to do twice with the same bytes; other bytes are a Conflict, because an issued paper is never rewritten.
    """
    for each in asked:
        require(rules.may_issue(each.actor, each.document.organisation))
    digests = [each.sha256 for each in asked]
    frozen = _frozen_before(asked, digests)
    fresh = [pair for pair in zip(asked, digests, strict=True) if pair[0].document.pk not in frozen]
    _freeze(fresh)
    for each, digest, told in zip(asked, digests, records, strict=True):
        details = {} if each.document.pk in frozen else {"number": each.document.number.text, "sha256": digest}
        told.tell(each.document.subject, **details)
    return [each.document for each in asked]


def _frozen_before(asked: Sequence[Drawn], digests: Sequence[str]) -> set[int]:
    """Which of them are frozen already as they are asked for. All are locked from here: two workers store no file twice."""
    held = Document.objects.select_for_update().filter(pk__in=[each.document.pk for each in asked]).order_by("pk")
    known = {pk: (state, sha256) for pk, state, sha256 in held.values_list("pk", "state", "sha256")}
    before = set[int]()
    for each, digest in zip(asked, digests, strict=True):
        state, sha256 = known[each.document.pk]
        if state == DocumentState.FROZEN and sha256 == digest:
            each.document.refresh_from_db(fields=["state", "sha256", "frozen_at", "file"])
            before.add(each.document.pk)
        elif state == DocumentState.FROZEN:
            raise Conflict(_("This paper has already been issued and cannot be replaced. Void it first."))
        elif state != DocumentState.RESERVED:
            raise overtaken()
    return before


def _freeze(fresh: Sequence[tuple[Drawn, str]]) -> None:
    stored = store_files([_file_of(each) for each, _digest in fresh])
    for (each, digest), file in zip(fresh, stored, strict=True):
        each.document.sha256, each.document.file = digest, file
    documents = [each.document for each, _digest in fresh]
    update_rows(Document, ["sha256", "file"], [(each.sha256, each.file_id, each.pk) for each in documents])
    move_each(documents, DocumentState.FROZEN, moves=DOCUMENT_MOVES, frozen_at=clock.now())
    move_each([each.number for each in documents], NumberState.USED, moves=NUMBER_MOVES)


def _file_of(drawn: Drawn) -> NewFile:
    document = drawn.document
    return NewFile(
        drawn.pdf,
        file_name(document.number.text),
        Purpose.CERTIFICATE,
        document.organisation,
        drawn.actor,
        "application/pdf",
    )


def file_name(number: str, ending: str = "") -> str:
    """A number as the name of a file: without slashes."""
    return f"{number.replace('/', '-')}{ending}.pdf"


@act("documents.void_document")
def void_document(*, document: Document, reason: str, actor: Actor) -> Document:
    """Void a paper and its number, which is never used again. Data and file stay for the record."""
    require(rules.may_issue(actor, document.organisation))
    why = needed(reason)
    move(document, DocumentState.VOIDED, moves=DOCUMENT_MOVES, void_reason=why, voided_at=clock.now())
    move(document.number, NumberState.VOIDED, moves=NUMBER_MOVES, reason=why)
    record(number=document.number.text)
    return document

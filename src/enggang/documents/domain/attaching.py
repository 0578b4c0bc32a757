"""Attaching to a frozen paper the file that was signed.

A paper is frozen before it is signed and examined after it; the frozen file stays beside the signed one. Examining takes
some 10 ms a file, and a stamped one more: it is done before the transaction that keeps the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord, Conflict, act, act_each, record, record_subject, require
from enggang.core.states import move
from enggang.documents import rules
from enggang.documents.domain.documents import file_name
from enggang.documents.enums import SIGNATURE_MOVES, DocumentState, SignatureState
from enggang.documents.models import Document, Signature, SigningMethod
from enggang.documents.signing.comparing import differences
from enggang.documents.signing.signed import Signed, Unreadable
from enggang.files.domain.retention import let_go
from enggang.files.domain.storing import NewFile, read_bytes, store_files
from enggang.files.enums import Purpose
from enggang.files.models import StoredFile

LARGEST = 20 * 1024 * 1024  # bytes of a signed paper


@dataclass(frozen=True, slots=True)
class Examined:
    """A signed file of a paper that was looked into and is sound; ``difference`` is what it says otherwise."""

    document: Document
    method: SigningMethod
    content: bytes
    sha256: str
    found: Signed
    difference: list[str]
    actor: Actor


def examined(
    *, document: Document, signed: bytes, method: SigningMethod, actor: Actor, frozen: bytes = b""
) -> Examined:
    """Look into the signed file of a paper: whole, signed, and saying what was frozen. Call it outside any transaction.

    ``frozen`` spares reading the frozen file where the caller has it. Raises Conflict when it is unsigned, altered after
    signing, signed by a key that this way does not name, or by one of our own that changed what the paper says.
    """
    found = sound_signature(signed)
    if method.fingerprint and found.fingerprint != method.fingerprint:
        raise Conflict(_("This file was signed with another key than the one in force."))
    original = frozen or read_frozen(document)
    ours = method.signs_by_itself and signed.startswith(original)  # what our own key signed was made here
    changed = [] if ours else differences(original, signed)
    if changed and method.signs_by_itself:
        raise Conflict(_("Signing changed what the paper says. It was not issued; tell the administrator."))
    return Examined(document, method, signed, hashlib.sha256(signed).hexdigest(), found, changed, actor)


def attach_signature(
    *, document: Document, signed: bytes, method: SigningMethod, actor: Actor, frozen: bytes = b""
) -> Signature:
    """Examine the signed file of a frozen paper and keep it, as ``attach_signatures`` does for several."""
    require(rules.may_issue(actor, document.organisation))
    if not _signable([document.pk]).exists():
        raise _not_issued()
    return attach_signatures(
        [examined(document=document, signed=signed, method=method, actor=actor, frozen=frozen)]
    )[0]  # fmt: skip


@act_each("documents.attach_signature")
def attach_signatures(asked: Sequence[Examined], records: Sequence[ActRecord]) -> list[Signature]:
    """Keep the signed files of frozen papers, all or none.

    A file whose content differs is kept as a proposal for a person to look at. Safe to do twice with the same bytes.
    Raises Conflict when a paper is not issued (any more), or has another signed file.
    """
    for each in asked:
        require(rules.may_issue(each.actor, each.document.organisation))
    before = _signed_before(asked)
    fresh = [each for each in asked if each.document.pk not in before]
    stored = store_files([_file_of(each) for each in fresh])
    made = [_signature(each, file) for each, file in zip(fresh, stored, strict=True)]
    Signature.objects.bulk_create(made)
    kept = before | {row.document_id: row for row in made}
    for each, told in zip(asked, records, strict=True):
        row = each.document.signature = kept[each.document.pk]
        told.tell(
            each.document.subject, number=each.document.number.text, sha256=row.sha256, state=str(row.state), level=row.level
        )  # fmt: skip
    return [kept[each.document.pk] for each in asked]


def _signable(ids: Sequence[int]) -> QuerySet[Document]:
    return Document.objects.filter(pk__in=ids, state=DocumentState.FROZEN, erased_at=None)


def _not_issued() -> Conflict:
    return Conflict(_("Only an issued paper can be signed."))


def _signed_before(asked: Sequence[Examined]) -> dict[int, Signature]:
    """Those that have this very file already, by the id of their paper."""
    ids = [each.document.pk for each in asked]
    # Locked: none is voided or erased before its signed file is on record.
    if len(_signable(ids).select_for_update().order_by("pk").values_list("pk")) != len(ids):
        raise _not_issued()
    before = {row.document_id: row for row in Signature.objects.filter(document__in=ids)}
    for each in asked:
        if (row := before.get(each.document.pk)) is not None:
            _require_same(row, each.sha256)
    return before


def _file_of(each: Examined) -> NewFile:
    document = each.document
    return NewFile(
        each.content, file_name(document.number.text, "-tte"), Purpose.CERTIFICATE, document.organisation, each.actor,
        "application/pdf",
    )  # fmt: skip


def _signature(each: Examined, file: StoredFile) -> Signature:
    found = each.found
    return Signature(
        document=each.document, method=each.method, file=file, sha256=each.sha256, holder=found.holder[:200],
        state=SignatureState.PROPOSED if each.difference else SignatureState.ATTACHED, fingerprint=found.fingerprint,
        level="B-T" if found.stamped_at else "B-B", signed_at=found.stamped_at or found.said_at or clock.now(),
        attached_at=clock.now(), difference=each.difference,
    )  # fmt: skip


def _require_same(before: Signature, digest: str) -> None:
    if before.sha256 == digest:
        return
    if before.is_attached:
        raise Conflict(
            _("This paper is signed already. Its signed file is never replaced: void the paper to issue another.")
        )
    raise Conflict(
        _("Another signed file of this paper waits for somebody to look at it. Decide about that one first.")
    )


def sound_signature(signed: bytes) -> Signed:
    """The last signature of a file. Raises Conflict with what is wrong when it is not signed, or no longer whole."""
    from enggang.documents.signing.pades import examine  # noqa: PLC0415 -- heavy, and only some processes sign

    if len(signed) > LARGEST:
        raise Conflict(_("The file is larger than 20 MB."))
    try:
        found = examine(signed)
    except Unreadable as error:
        raise Conflict(
            _("This is no PDF that can be read. Upload the signed file as the signing service gave it.")
        ) from error
    if not found:
        raise Conflict(_("This PDF holds no electronic signature: a picture of one does not count."))
    if not all(each.intact for each in found) or not found[-1].covers_all:
        raise Conflict(_("This PDF was changed after it was signed. Download it from the signing service once more."))
    if not found[-1].in_force:
        raise Conflict(_("The signer's certificate was not in force when this was signed."))
    return found[-1]


def read_frozen(document: Document) -> bytes:
    return read_bytes(document.file) if document.file else b""


@act("documents.accept_signature")
def accept_signature(*, signature: Signature, actor: Actor) -> Signature:
    """Somebody has looked at what the signed file says otherwise, and says it is the same paper."""
    require(rules.may_issue(actor, signature.document.organisation))
    move(signature, SignatureState.ATTACHED, moves=SIGNATURE_MOVES, accepted_by_key=actor.key)
    record_subject(signature.document.subject)
    record(number=signature.document.number.text, differences=len(signature.difference))
    return signature


@act("documents.discard_signature")
def discard_signature(*, signature: Signature, actor: Actor) -> Document:
    """Put aside a proposed file, so that the right one can be uploaded."""
    require(rules.may_issue(actor, signature.document.organisation))
    if not Signature.objects.filter(pk=signature.pk, state=SignatureState.PROPOSED).delete()[0]:
        raise Conflict(_("This file has been accepted already."))
    let_go(stored=signature.file, actor=actor)
    record(number=signature.document.number.text, sha256=signature.sha256)
    return signature.document

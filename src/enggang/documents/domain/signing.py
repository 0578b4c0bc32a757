"""Signing papers electronically: which way is in force, and attaching to a frozen paper the file that was signed.

A paper is frozen before it is signed and examined after it; the frozen file stays beside the signed one. Keys and
passwords rest sealed; a person's passphrase is never kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.states import move
from enggang.documents import rules
from enggang.documents.domain.letterheads import keep_row
from enggang.documents.enums import SIGNATURE_MOVES, DocumentState, SignatureState, SigningBackend
from enggang.documents.models import Document, Signature, SigningMethod
from enggang.documents.signing import keys
from enggang.documents.signing.comparing import differences
from enggang.documents.signing.keys import SigningKey
from enggang.documents.signing.service import SigningService
from enggang.documents.signing.signed import Signed, Unreadable
from enggang.files.domain.retention import let_go
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose
from enggang.places.models import Organisation

if TYPE_CHECKING:
    from enggang.documents.signing.pades import PdfSigner

LARGEST = 20 * 1024 * 1024  # bytes of a signed paper
SEALED = ("sealed_key", "certificates", "sealed_password")  # nobody types them
AT_ONCE = 10  # papers that one request to the service holds
UNSIGNED = "belum ditandatangani secara elektronik"


# -- ways of signing ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when, and for which kind of paper (empty: for all)."""

    first: date
    last: date | None = None
    paper: str = ""
    source: str = ""


@act("documents.add_signing_key")
def add_signing_key(
    *, organisation: Organisation, name: str, validity: Validity, actor: Actor, content: bytes = b"",
    passphrase: str = "", timestamp_url: str = "",
) -> SigningMethod:  # fmt: skip
    """Sign papers here from a day on: with the key of a PKCS#12 or PEM file, or one made now when there is none.

    Raises Conflict for a wrong passphrase, an unsuitable key or one that has expired.
    """
    require(rules.may_set_up_signing(actor, organisation))
    if content:
        key = keys.read_key(content, passphrase)
        keys.require_in_force(key, clock.now())
    else:
        key = keys.make_key(name=name, organisation=organisation.name, now=clock.now())
    return _keep(
        SigningMethod(
            backend=SigningBackend.KEY, sealed_key=keys.seal(key), certificates=keys.certificates_of(key),
            fingerprint=key.fingerprint, holder=key.holder[:200], expires_at=key.certificate.not_valid_after_utc,
            self_made=not content, timestamp_url=timestamp_url,
        ),
        organisation, name, validity,
    )  # fmt: skip


@act("documents.add_signing_service")
def add_signing_service(
    *, organisation: Organisation, name: str, validity: Validity, address: str, login: str, password: str, actor: Actor
) -> SigningMethod:
    """Let a person sign with the e-sign client at ``address``, in batches, with their passphrase."""
    require(rules.may_set_up_signing(actor, organisation))
    service = SigningMethod(
        backend=SigningBackend.SERVICE, address=address, login=login, sealed_password=keys.seal_text(password)
    )
    return _keep(service, organisation, name, validity)


@act("documents.add_signing_by_hand")
def add_signing_by_hand(
    *, organisation: Organisation, name: str, validity: Validity, backend: SigningBackend, actor: Actor
) -> SigningMethod:
    """Papers are signed elsewhere and uploaded, or not signed electronically at all."""
    require(rules.may_set_up_signing(actor, organisation))
    if backend not in {SigningBackend.UPLOAD, SigningBackend.NONE}:
        raise ValueError("this way of signing needs more than a name")
    return _keep(SigningMethod(backend=backend), organisation, name, validity)


def _keep(row: SigningMethod, organisation: Organisation, name: str, validity: Validity) -> SigningMethod:
    row.organisation, row.name, row.paper, row.source = (
        organisation,
        name.strip(),
        validity.paper,
        validity.source.strip(),
    )
    row.valid_from, row.valid_to = validity.first, validity.last
    keep_row(row, SEALED)
    record_subject(organisation.subject)
    record(method=row.pk, backend=str(row.backend), fingerprint=row.fingerprint, valid_from=validity.first.isoformat())
    return row


@act("documents.end_signing")
def end_signing(*, method: SigningMethod, last_day: date | None, actor: Actor) -> SigningMethod:
    """Say until when a way of signing is used. What it has signed stays valid."""
    require(rules.may_set_up_signing(actor, method.organisation))
    method.valid_to = last_day
    keep_row(method, SEALED)
    record_subject(method.organisation.subject)
    record(method=method.pk, valid_to=last_day.isoformat() if last_day else None)
    return method


def method_for(organisation: Organisation, paper: str, day: date) -> SigningMethod | None:
    """The way in force; None when papers are not signed electronically."""
    found = SigningMethod.objects.filter(organisation=organisation).on(day, paper).first()
    return None if found is None or found.backend == SigningBackend.NONE else found


# -- with a key kept here -------------------------------------------------------------------------


def sign_with_key(pdf: bytes, *, method: SigningMethod) -> bytes:
    """A drawn paper signed with the organisation's key. Takes some 40 ms: call it from a job, outside any transaction.

    Raises Conflict when the certificate is no longer in force, Unavailable when the timestamp authority does not answer.
    """
    keys.require_in_force(_open_key(method.pk, method.fingerprint), clock.now())
    return _signer(method.pk, method.fingerprint, method.timestamp_url).sign(pdf)


def words_for(method: SigningMethod | None) -> str:
    """What the paper itself says of its electronic signature, in Indonesian whatever the screen's language.

    A paper is drawn before a person signs it, so it only says then where the signature can be checked.
    """
    if method is None:
        return UNSIGNED
    if method.signs_by_itself:
        return "ditandatangani secara elektronik dengan kunci instansi"
    return "tanda tangan elektronik: lihat hasil pemeriksaan kode ini"


@lru_cache(maxsize=8)
def _open_key(pk: int, _fingerprint: str) -> SigningKey:
    row = SigningMethod.objects.get(pk=pk)
    return keys.unseal(bytes(row.sealed_key), bytes(row.certificates))


@lru_cache(maxsize=8)
def _signer(pk: int, fingerprint: str, timestamp_url: str) -> PdfSigner:
    from enggang.documents.signing.pades import PdfSigner, stamper_at  # noqa: PLC0415 -- heavy, and only some processes sign

    return PdfSigner.of(_open_key(pk, fingerprint), stamper_at(timestamp_url))


# -- attaching what was signed --------------------------------------------------------------------


@act("documents.attach_signature")
def attach_signature(
    *, document: Document, signed: bytes, method: SigningMethod, actor: Actor, frozen: bytes = b""
) -> Signature:
    """Keep the signed file of a frozen paper, after examining it: whole, signed, and saying what was frozen.

    ``frozen`` spares reading the frozen file where the caller has it. A file whose content differs is kept as a proposal
    for a person to look at, except from a key of our own, where it would be an error. Safe to do twice with the same
    bytes. Raises Conflict when it is unsigned, altered after signing, or signed by a key that this way does not name.
    """
    require(rules.may_issue(actor, document.organisation))
    # Locked: it is neither voided nor erased before its signed file is on record.
    held = Document.objects.select_for_update().filter(pk=document.pk, state=DocumentState.FROZEN, erased_at=None)
    if not held.values_list("pk", flat=True).first():
        raise Conflict(_("Only an issued paper can be signed."))
    digest = hashlib.sha256(signed).hexdigest()
    if (before := Signature.objects.filter(document=document).first()) is not None:
        return _same_as(before, digest)
    found = sound_signature(signed)
    if method.fingerprint and found.fingerprint != method.fingerprint:
        raise Conflict(_("This file was signed with another key than the one in force."))
    original = frozen or read_frozen(document)
    ours = method.signs_by_itself and signed.startswith(original)  # what our own key signed was made here
    changed = [] if ours else differences(original, signed)
    if changed and method.signs_by_itself:
        raise Conflict(_("Signing changed what the paper says. It was not issued; tell the administrator."))
    stored = store_file(
        content=signed, name=f"{document.number.text.replace('/', '-')}-tte.pdf", purpose=Purpose.CERTIFICATE,
        organisation=document.organisation, media_type="application/pdf", actor=actor,
    )  # fmt: skip
    signature = Signature.objects.create(
        document=document, method=method, file=stored, sha256=digest, holder=found.holder[:200],
        state=SignatureState.PROPOSED if changed else SignatureState.ATTACHED, fingerprint=found.fingerprint,
        level="B-T" if found.stamped_at else "B-B", signed_at=found.stamped_at or found.said_at or clock.now(),
        attached_at=clock.now(), difference=changed,
    )  # fmt: skip
    document.signature = signature
    record_subject(document.subject)
    record(number=document.number.text, sha256=digest, state=str(signature.state), level=signature.level)
    return signature


def _same_as(before: Signature, digest: str) -> Signature:
    if before.sha256 == digest:
        return before
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


# -- by a person, with the service ----------------------------------------------------------------


@sensitive_variables()
def sign_with_service(
    *, method: SigningMethod, documents: Sequence[Document], nik: str, passphrase: str, actor: Actor,
    enough: Callable[[], bool],
) -> int:  # fmt: skip
    """Sign papers part by part until all are done or ``enough`` says so; answers how many. What is signed stays.

    The passphrase lives in this call and in the request to the service, nowhere else. Raises what the service refuses.
    """
    require(rules.may_issue(actor, method.organisation))
    service = SigningService(method.address, method.login, keys.unseal_text(bytes(method.sealed_password)))
    done, problem = 0, None
    for start in range(0, len(documents), AT_ONCE):
        if start and enough():
            break
        frozen, unreadable = _frozen_of(documents[start : start + AT_ONCE])
        signed = (
            service.sign([before for _document, before in frozen], nik=nik, passphrase=passphrase) if frozen else []
        )
        attached, refused = _attach_each(method, zip(frozen, signed, strict=True), actor)
        done, problem = done + attached, problem or unreadable or refused
    if problem is not None:
        raise problem
    return done


def _frozen_of(documents: Sequence[Document]) -> tuple[list[tuple[Document, bytes]], Refused | None]:
    """Each paper with its frozen file; one that cannot be read holds up none of the others."""
    found: list[tuple[Document, bytes]] = []
    problem = None
    for document in documents:
        try:
            found.append((document, read_frozen(document)))
        except Refused as refused:
            problem = problem or refused
    return found, problem


def _attach_each(
    method: SigningMethod, signed: Iterable[tuple[tuple[Document, bytes], bytes]], actor: Actor
) -> tuple[int, Refused | None]:
    """Attach what the service has signed; one that is refused holds up none of the others."""
    done, problem = 0, None
    for (document, before), file in signed:
        try:
            attach_signature(document=document, signed=file, method=method, frozen=before, actor=actor)
            done += 1
        except Conflict as refused:
            problem = problem or refused
    return done, problem

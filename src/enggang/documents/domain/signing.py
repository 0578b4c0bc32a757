"""Signing papers electronically: which way is in force, and signing by it. What was signed is kept by ``attaching``.

Keys and passwords rest sealed; a person's passphrase is never kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.views.decorators.debug import sensitive_variables

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.documents import rules
from enggang.documents.domain.attaching import attach_signature, read_frozen
from enggang.documents.domain.letterheads import keep_row
from enggang.documents.enums import SigningBackend
from enggang.documents.models import Document, SigningMethod
from enggang.documents.signing import keys
from enggang.documents.signing.keys import SigningKey
from enggang.documents.signing.service import SigningService
from enggang.places.models import Organisation

if TYPE_CHECKING:
    from enggang.documents.signing.pades import PdfSigner

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


def method_for(organisation: Organisation, paper: str, day: date | None = None) -> SigningMethod | None:
    """The way in force on ``day``, else today as the organisation's own calendar has it.

    None when papers are not signed electronically.
    """
    day = day or clock.today(organisation.time_zone)
    found = SigningMethod.objects.filter(organisation=organisation).on(day, paper).first()
    return None if found is None or found.backend == SigningBackend.NONE else found


# -- with a key kept here -------------------------------------------------------------------------


def require_ready(method: SigningMethod) -> None:
    """Raises Conflict when the key kept here cannot be opened, or may not sign now."""
    keys.require_in_force(_open_key(method.pk, method.fingerprint), clock.now())


def sign_with_key(pdf: bytes, *, method: SigningMethod) -> bytes:
    """A drawn paper signed with the organisation's key. Takes some 40 ms: call it from a job, outside any transaction.

    Raises Conflict when the certificate is no longer in force, Unavailable when the timestamp authority does not answer.
    """
    require_ready(method)
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

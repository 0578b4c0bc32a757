"""Signing and examining PDF files by PAdES (ETSI EN 319 142-1), with pyHanko.

The stock signer of the library opens the private key anew for every file, which costs more than all the rest; here it
is held open. The field is invisible: the panel a person reads is drawn by the template before, since the library's own
stamp uses a font that is not embedded and would break PDF/A.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from http.client import HTTPException
from io import BytesIO
from typing import Any
from urllib.request import Request

from asn1crypto import algos, tsp  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from enggang.documents.signing.keys import SigningKey, name_of
from enggang.documents.signing.signed import DIRECT, Signed, Unavailable, Unreadable

BESIDE, STAMP = 2_048, 12_288  # bytes of a signature beside its certificates, and of a timestamp with its own
STAMP_SECONDS, LARGEST_STAMP = 20, 1_000_000
MOST_SIGNATURES, MOST_REVISIONS = 20, 50  # of one file: more is an attack on the reader


class _Holder(signers.Signer):
    """A signer that keeps its key open."""

    def __init__(self, key: SigningKey) -> None:
        own, *above = [_as_asn1(each) for each in (key.certificate, *key.chain)]
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(above)
        super().__init__(
            signing_cert=own,
            cert_registry=store,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        )
        self._private = key.private

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(self._private.key_size // 8)
        return self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _as_asn1(certificate: x509.Certificate) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


@dataclass(frozen=True, slots=True)
class PdfSigner:
    """Signs file after file with one key; level B-B, or B-T where a timestamp authority is given."""

    holder: _Holder
    room: int  # characters kept free for the signature; left to itself the library signs twice to find out
    stamper: TimeStamper | None = None

    @classmethod
    def of(cls, key: SigningKey, stamper: TimeStamper | None = None) -> PdfSigner:
        size = sum(len(each.public_bytes(Encoding.DER)) for each in (key.certificate, *key.chain))
        return cls(_Holder(key), 2 * (size + BESIDE + (STAMP if stamper else 0)), stamper)

    @property
    def level(self) -> str:
        return "B-T" if self.stamper else "B-B"

    def sign(self, pdf: bytes, *, reason: str = "", place: str = "") -> bytes:
        """The file with a signature appended: what was there before stays as it was, byte for byte."""
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        described = signers.PdfSignatureMetadata(
            field_name=_free_name(writer.prev), md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason or None, location=place or None,
        )  # fmt: skip
        out = BytesIO()
        try:
            signer = signers.PdfSigner(described, signer=self.holder, timestamper=self.stamper)
            signer.sign_pdf(writer, output=out, bytes_reserved=self.room)
        except TimestampRequestError as error:
            raise Unavailable(
                _("The timestamp authority does not answer. Nothing was signed; try again later.")
            ) from error
        return out.getvalue()


def _free_name(reader: PdfFileReader) -> str:
    taken = {each.field_name for each in reader.embedded_signatures}
    return next(name for number in range(1, len(taken) + 2) if (name := f"Tanda-tangan-{number}") not in taken)


def examine(pdf: bytes) -> list[Signed]:
    """The signatures of a file, the first one first; none for a file without. Asks nobody over the network.

    Raises Unreadable, whatever hostile thing the bytes are.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        if reader.encrypted:
            raise Unreadable("encrypted")
        if reader.xrefs.total_revisions > MOST_REVISIONS:
            raise Unreadable("too many revisions")
        found = reader.embedded_regular_signatures
        if len(found) > MOST_SIGNATURES:
            raise Unreadable("too many signatures")
        return [_examined(each) for each in found]
    except Unreadable:
        raise
    except (RecursionError, MemoryError, Exception) as error:
        raise Unreadable(type(error).__name__) from error


def _examined(embedded: Any) -> Signed:
    certificate = embedded.signer_cert
    der = certificate.dump()
    said_at, status = embedded.self_reported_timestamp, _status(embedded, certificate)
    token = status.timestamp_validity if status else None
    stamped = token.timestamp if token and token.intact and token.valid else None
    at, validity = stamped or said_at, certificate["tbs_certificate"]["validity"]
    return Signed(
        holder=name_of(x509.load_der_x509_certificate(der).subject),
        fingerprint=hashlib.sha256(der).hexdigest(),
        intact=bool(status and status.intact and status.valid),
        covers_all=_covers(status),
        said_at=said_at,
        stamped_at=stamped,
        in_force=bool(at and validity["not_before"].native <= at <= validity["not_after"].native),
    )


def _status(embedded: Any, certificate: Any) -> PdfSignatureStatus | None:
    """Trust in whoever signed is decided by the fingerprint elsewhere: here each certificate vouches for itself."""
    trusting = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    try:
        return validate_pdf_signature(embedded, signer_validation_context=trusting)
    except Exception:  # noqa: BLE001 -- a signature that cannot be validated is not a valid one
        return None


def _covers(status: PdfSignatureStatus | None) -> bool:
    """To the last byte; or nothing was added behind but other signatures and what proves them.

    Where the signature itself stands there may be no more room than it needs: else it could be put around other words.
    """
    if status is None or status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return False
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    added = status.modification_level  # NONE: bytes that belong to no revision
    return added in {ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}


class _Authority(TimeStamper):
    """A timestamp authority by RFC 3161 over HTTP.

    The library's own client keeps a session that belongs to one event loop, and each file here is signed in its own.
    """

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            with DIRECT.open(Request(self._address, req.dump(), headers), timeout=STAMP_SECONDS) as answer:  # noqa: S310 -- http(s), checked where it is typed
                return tsp.TimeStampResp.load(answer.read(LARGEST_STAMP))
        except (OSError, HTTPException, ValueError) as error:
            raise TimestampRequestError(str(error)) from error


def stamper_at(address: str) -> TimeStamper | None:
    """The timestamp authority at ``address``; None without one."""
    return _Authority(address) if address else None

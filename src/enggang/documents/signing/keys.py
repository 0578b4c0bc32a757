"""Keys that sign papers: made here or brought along, sealed while they rest, held open for a batch.

A key of RSA, because an elliptic one makes the signer write PDF 2.0 into a file that says it is PDF/A-3, which is 1.7.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.core.keystore import sealer

BITS = 3072  # NIST SP 800-57: good beyond 2030
SMALLEST_BITS = 2048
YEARS = 5  # how long a key made here may sign; what it signed stays valid
LARGEST = 200_000  # bytes of a key file
NAME_LIMIT = 64  # X.520: what a common name or an organisation may hold at most
_DESCRIPTION = x509.ObjectIdentifier("2.5.4.13")  # X.520: takes up to 1024
_PDF_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336: document signing


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with the certificate that speaks for it and those above."""

    private: rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hex: what names the signer for ever."""
        return fingerprint_of(self.certificate)

    @property
    def holder(self) -> str:
        return name_of(self.certificate.subject)


def fingerprint_of(certificate: x509.Certificate) -> str:
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def name_of(name: x509.Name) -> str:
    """The name and the organisation a certificate speaks for, on one line; the whole of them where we wrote them down."""
    parts = [
        str(each.value)
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for each in name.get_attributes_for_oid(oid)
    ]
    for whole in name.get_attributes_for_oid(_DESCRIPTION):
        if parts and str(whole.value).startswith(parts[0]):  # ours, not a remark of another issuer
            return str(whole.value)
    return ", ".join(dict.fromkeys(parts)) or name.rfc4514_string()


def _whole(name: str, organisation: str) -> list[x509.NameAttribute[str]]:
    """Name and organisation in full, when one of them is longer than its own attribute holds."""
    if max(len(name), len(organisation)) <= NAME_LIMIT:
        return []
    return [x509.NameAttribute(_DESCRIPTION, f"{name}, {organisation}")]


def make_key(*, name: str, organisation: str, now: datetime) -> SigningKey:
    """A new key whose certificate only its maker vouches for: it shows that a paper is whole and whose key signed it."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:NAME_LIMIT].strip()),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:NAME_LIMIT].strip()),
            *_whole(name, organisation),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    purposes = x509.ExtendedKeyUsage([_PDF_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))  # clocks of readers differ
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(purposes, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    return SigningKey(private, certificate)


def read_key(content: bytes, passphrase: str) -> SigningKey:
    """A key from a PKCS#12 file (.p12, .pfx) or from PEM text with key and certificates.

    Raises Conflict with what to do: wrong passphrase, no key inside, an unsuitable kind of key.
    """
    if len(content) > LARGEST:
        raise Conflict(_("This file is too large to be a key. Choose the .p12, .pfx or .pem file."))
    secret = passphrase.encode() if passphrase else None
    private, certificates = _from_pem(content, secret) if b"-----BEGIN" in content else _from_pkcs12(content, secret)
    if not isinstance(private, rsa.RSAPrivateKey) or private.key_size < SMALLEST_BITS:
        raise Conflict(
            _("Only RSA keys of 2048 bits or more can sign: others would break the archive format (PDF/A-3).")
        )
    own = next((each for each in certificates if each.public_key() == private.public_key()), None)
    if own is None:
        raise Conflict(_("This file holds a key, but no certificate that belongs to it."))
    return SigningKey(private, own, tuple(each for each in certificates if each != own))


def _from_pkcs12(content: bytes, secret: bytes | None) -> tuple[object, list[x509.Certificate]]:
    try:
        found = load_pkcs12(content, secret)
    except ValueError as error:
        raise Conflict(_wrong_passphrase()) from error
    certificates = [each.certificate for each in [found.cert, *found.additional_certs] if each is not None]
    return found.key, certificates


def _from_pem(content: bytes, secret: bytes | None) -> tuple[object, list[x509.Certificate]]:
    try:
        certificates = x509.load_pem_x509_certificates(content)
    except ValueError:
        certificates = []
    try:
        return load_pem_private_key(content, secret), certificates
    except TypeError:  # a passphrase for a key that has none, or none for one that has
        if secret:
            return _from_pem(content, None)
        raise Conflict(_wrong_passphrase()) from None
    except ValueError as error:
        raise Conflict(_wrong_passphrase()) from error


def _wrong_passphrase() -> str:
    return _("The key cannot be opened: the passphrase is wrong, or the file is no PKCS#12 or PEM key.")


def seal(key: SigningKey) -> bytes:
    """The private key as it rests in the database: sealed with a key derived from SECRET_KEY."""
    return sealer("signing").encrypt(key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def unseal(sealed: bytes, certificates: bytes) -> SigningKey:
    """Raises Conflict when SECRET_KEY is not the one it was sealed with."""
    try:
        # Checked when it was added and sealed with a MAC since: to look for its primes again takes longer than ten papers.
        private = load_der_private_key(sealer("signing").decrypt(sealed), None, unsafe_skip_rsa_key_validation=True)
    except InvalidToken as error:
        raise Conflict(
            _("The signing key cannot be opened: ENGGANG_SECRET_KEY has changed. Add the key again under “Signing”.")
        ) from error
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("only RSA keys are ever sealed")
    own, *above = x509.load_pem_x509_certificates(certificates)
    return SigningKey(private, own, tuple(above))


def certificates_of(key: SigningKey) -> bytes:
    """The certificate and those above it as PEM text, the own one first."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in (key.certificate, *key.chain))


def seal_text(text: str) -> bytes:
    return sealer("signing").encrypt(text.encode())


def unseal_text(sealed: bytes) -> str:
    try:
        return sealer("signing").decrypt(sealed).decode()
    except InvalidToken as error:
        raise Conflict(
            _("The stored password cannot be opened: ENGGANG_SECRET_KEY has changed. Type it again.")
        ) from error


def require_in_force(key: SigningKey, now: datetime) -> None:
    """Raises Conflict for a key that may no longer sign, or not yet."""
    first, last = key.certificate.not_valid_before_utc, key.certificate.not_valid_after_utc
    if not first <= now <= last:
        raise Conflict(
            _("The certificate of the signing key “%(name)s” is valid from %(first)s to %(last)s. Add a new key.")
            % {"name": key.holder, "first": first.date().isoformat(), "last": last.date().isoformat()}
        )

"""Keys, a timestamp authority and an e-sign client of their own, for the tests of signing."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from enggang.documents.domain.signing import Validity
from enggang.documents.signing.keys import SigningKey
from enggang.documents.signing.pades import PdfSigner

FIRST = Validity(datetime(2020, 1, 1, tzinfo=UTC).date())


def a_key(name: str = "Kunci uji", *, days: tuple[int, int] = (-30, 365), stamps: bool = False) -> SigningKey:
    """A small key (fast to make) in force from ``days[0]`` to ``days[1]`` from today."""
    private, now = rsa.generate_private_key(public_exponent=65537, key_size=2048), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return SigningKey(private, builder.sign(private, hashes.SHA256()))


def as_pkcs12(key: SigningKey, passphrase: str = "rahasia") -> bytes:
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"uji", key.private, key.certificate, None, locked)


def as_pem(key: SigningKey, passphrase: str = "") -> bytes:
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    private = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    return private + key.certificate.public_bytes(Encoding.PEM)


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Quiet(BaseHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def answer(self, status: int, content: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def timestamp_authority() -> Iterator[str]:
    """An authority of RFC 3161 on this machine, with the library's own answers behind real HTTP."""
    key = a_key("Waktu uji", stamps=True)
    private = asn1_keys.PrivateKeyInfo.load(
        key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    )
    stamper = DummyTimeStamper(asn1_x509.Certificate.load(key.certificate.public_bytes(Encoding.DER)), private)

    class Authority(Quiet):
        def do_POST(self) -> None:
            found = stamper.request_tsa_response(tsp.TimeStampReq.load(self.body()))
            self.answer(200, found.dump(), "application/timestamp-reply")

    with serving(Authority) as address:
        yield address


class EsignClient:
    """BSrE's e-sign client as its manual describes it (API v2), with a key of its own and some ways to fail."""

    def __init__(self) -> None:
        self.key = a_key("Contoh Pejabat")
        self.signer = PdfSigner.of(self.key)
        self.asked: list[dict[str, Any]] = []
        self.fail_after = 1_000
        self.spoil = False

    @contextmanager
    def running(self) -> Iterator[str]:
        client = self

        class Esign(Quiet):
            def do_POST(self) -> None:
                status, found = client.respond(self.path, self.headers["Authorization"], json.loads(self.body()))
                self.answer(status, json.dumps(found).encode(), "application/json")

        with serving(Esign) as address:
            yield address

    def respond(self, path: str, secret: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if path != "/api/v2/sign/pdf":
            return 404, {"error": "not found"}
        if base64.b64decode(secret.removeprefix("Basic ")) != b"enggang:sandi":
            return 401, {}
        if asked["passphrase"] != "benar":
            return 400, {"status_code": 2031, "error": "Passphrase anda salah"}
        if len(self.asked) >= self.fail_after:
            return 500, {"error": "layanan tidak tersedia"}
        self.asked.append(asked)
        signed = [self.signer.sign(base64.b64decode(each)) for each in asked["file"]]
        if self.spoil:
            signed = [each[:2000] + b"X" + each[2001:] for each in signed]
        return 200, {"time": 1, "file": [base64.b64encode(each).decode() for each in signed]}

"""Which badges are revoked: signed lists of bits (W3C Bitstring Status List 1.0), made from the database when asked."""

from __future__ import annotations

import gzip
import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.cache import cache

from enggang.core import clock
from enggang.core.canonical import canonical_bytes
from enggang.credentials.badges.content import status_url
from enggang.credentials.badges.contexts import CREDENTIALS
from enggang.credentials.badges.identity import issuer_did
from enggang.credentials.badges.proofs import Signer, secure, signer, stamp
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Badge
from enggang.credentials.models.badge import LIST_LENGTH

WINDOW = timedelta(minutes=5)  # lists asked for within one are the same bytes, whichever process answers
LIFE = timedelta(hours=1)  # who kept a copy must come back after this


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list as it is sent; ``etag`` changes whenever its bytes do."""

    content: bytes

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def status_list(number: int) -> StatusList | None:
    """The list of that number as it stands now; None when no badge was ever put on it.

    A copy is kept for the window. How many are revoked is part of its name: a revocation is told at once.
    """
    badges = Badge.objects.filter(list_number=number)
    if not badges.exists():
        return None
    revoked = badges.filter(award__state=AwardState.VOIDED)
    by, since = signer(), _window(clock.now())
    key = f"credentials:status:{number}:{revoked.count()}:{by.kid}:{since.timestamp():.0f}"
    content = cache.get(key)
    if content is None:
        content = _signed(number, list(revoked.values_list("list_index", flat=True)), since, by)
        cache.set(key, content, timeout=int(WINDOW.total_seconds()))
    return StatusList(content)


def _signed(number: int, revoked: list[int], since: datetime, by: Signer) -> bytes:
    address = status_url(number)
    document = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_did(),
        "validFrom": stamp(since),
        "validUntil": stamp(since + LIFE),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(revoked),
        },
    }
    return canonical_bytes(secure(document, by=by, at=since))


def encoded(revoked: list[int]) -> str:
    """The bits, the first one leftmost, compressed and in base64url with its multibase letter."""
    bits = bytearray(LIST_LENGTH // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + urlsafe_b64encode(packed).rstrip(b"=").decode()


def _window(moment: datetime) -> datetime:
    seconds = WINDOW.total_seconds()
    return datetime.fromtimestamp(moment.timestamp() // seconds * seconds, tz=UTC)

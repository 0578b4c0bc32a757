"""The code on the hall's screen: it changes every half minute, so that a photograph sent home is soon worth nothing.

Both forms, the long one in the QR's address and the short one to be typed, are HMAC-SHA256 over the occasion and the
time step by the server's clock, under a secret derived from a key of the keystore.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import QuerySet

from enggang.attendance.models import Occasion
from enggang.core import clock, keystore
from enggang.core.codes import ALPHABET, normalise_code

PURPOSE = "hall"
STEP_SECONDS = 30
GRACE_STEPS = 3  # a phone on a bad line opens the address a minute after its camera has read it
SHORT, LONG, OCCASION = 6, 10, 12
AROUND = timedelta(hours=3)
TICKET = timedelta(minutes=10)  # whoever has opened the page in time may look for the pass code in peace
_SALT = "attendance.hall"


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def seconds_left(at: datetime) -> int:
    return STEP_SECONDS - int(at.timestamp()) % STEP_SECONDS


def long_code(occasion: Occasion, at: datetime) -> str:
    """For the address: the occasion's own code, then 50 bits of the present step."""
    return occasion.code + _digits(_secret(), "long", occasion.code, step_at(at), LONG)


def short_code(occasion: Occasion, at: datetime) -> str:
    """Six characters to be typed; 30 bits, guarded by the limit on tries."""
    return _digits(_secret(), "short", occasion.code, step_at(at), SHORT)


def find_by_code(text: str) -> Occasion | None:
    """The planned occasion whose long or short code this is or was a moment ago; None when it has run out."""
    code = normalise_code(text[:40])
    if len(code) == SHORT:
        return _by_short(code)
    if len(code) != OCCASION + LONG:
        return None
    occasion = _planned().filter(subject__code=code[:OCCASION]).first()
    return occasion if occasion and _fits(_secret(), "long", occasion, code[OCCASION:]) else None


def ticket(occasion: Occasion) -> str:
    """Proof that somebody opened the page with a running code; carried by the form, never by an address."""
    return signing.Signer(salt=_SALT).sign_object([occasion.code, int(clock.now().timestamp())])


def read_ticket(text: str) -> Occasion | None:
    """The occasion of a ticket not older than ten minutes."""
    try:
        code, at = signing.Signer(salt=_SALT).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    if clock.now().timestamp() - at > TICKET.total_seconds():
        return None
    return Occasion.objects.filter(subject__code=code).select_related("subject", "group", "organisation").first()


def _by_short(code: str) -> Occasion | None:
    now, secret = clock.now(), _secret()
    near = _planned().filter(starts_at__lt=now + AROUND, ends_at__gt=now - AROUND)
    return next((row for row in near if _fits(secret, "short", row, code)), None)


def _planned() -> QuerySet[Occasion]:
    return Occasion.objects.planned().select_related("subject", "group", "organisation")


def _fits(secret: bytes, kind: str, occasion: Occasion, digits: str) -> bool:
    now = step_at(clock.now())
    steps = range(now - GRACE_STEPS, now + 1)
    return any(hmac.compare_digest(_digits(secret, kind, occasion.code, step, len(digits)), digits) for step in steps)


def _digits(secret: bytes, kind: str, code: str, step: int, length: int) -> str:
    raw = hmac.new(secret, f"{kind}.{code}.{step}".encode(), hashlib.sha256).digest()
    return "".join(ALPHABET[byte % 32] for byte in raw[:length])


def _secret() -> bytes:
    _kid, key = keystore.signer(PURPOSE)
    return hashlib.sha256(b"enggang.attendance.hall." + key.private_bytes_raw()).digest()

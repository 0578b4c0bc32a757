"""Pass tokens: ``kid.code.signature``. Whoever finds one learns nothing but two random codes.

The signature covers ``pass.kid.code`` (Ed25519), so that a token cannot be made for a guessed code. A token of a
retired key stays good: it is on paper in somebody's pocket. 6 + 12 + 86 characters and two dots: 106, a QR of
version 8 with the address around it.
"""

from __future__ import annotations

import base64
import binascii
import io

import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from enggang.attendance.models import Pass
from enggang.core import codes, keystore

PURPOSE = "pass"
LONGEST = 200
Keys = dict[str, Ed25519PublicKey | None]


def token_of(pass_: Pass) -> str:
    """The signed token of a pass; the same every time until the key is rotated."""
    kid, key = keystore.signer(PURPOSE)
    signature = base64.urlsafe_b64encode(key.sign(_signed(kid, pass_.code))).rstrip(b"=").decode()
    return f"{kid}.{pass_.code}.{signature}"


def read_token(token: str) -> Pass | None:
    """The valid pass behind a token; None when forged, of an unknown key, unknown or revoked."""
    found = find_pass(token)
    return None if found is None or found.is_revoked else found


def find_pass(token: str) -> Pass | None:
    """The pass behind a token that we signed, be it revoked or not."""
    code = signed_code(token)
    if code is None:
        return None
    return Pass.objects.filter(code=code).select_related("holder", "group", "organisation").first()


def signed_code(token: str, keys: Keys | None = None) -> str | None:
    """The pass code that the token carries, when one of our keys has signed it. ``keys`` remembers them for a batch."""
    parts = token.split(".")
    if len(token) > LONGEST or len(parts) != 3 or set(parts[0] + parts[1]) - set(codes.ALPHABET):
        return None
    kid, code, text = parts
    public = _public_key(kid, {} if keys is None else keys)
    if public is None:
        return None
    try:
        public.verify(_bytes(text), _signed(kid, code))
    except (InvalidSignature, binascii.Error, UnicodeEncodeError):
        return None
    return code


def _public_key(kid: str, keys: Keys) -> Ed25519PublicKey | None:
    if kid not in keys:
        keys[kid] = keystore.public_key(kid, PURPOSE)
    return keys[kid]


def qr_svg(text: str, *, title: str = "") -> SafeString:
    """A QR code as inline SVG, black on white in every theme: sized by CSS alone, ``title`` is read out."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        svgclass="qr__svg",
        lineclass=None,
        light="#fff",
        border=4,
    )
    svg = out.getvalue().decode()
    head = '<svg role="img" shape-rendering="crispEdges" ' + svg.removeprefix("<svg ").split(">", 1)[0] + ">"
    label = f"<title>{escape(title)}</title>" if title else ""
    return mark_safe(head + label + svg.split(">", 1)[1])  # noqa: S308 -- drawn by us, the title is escaped


def _signed(kid: str, code: str) -> bytes:
    return f"{PURPOSE}.{kid}.{code}".encode()


def _bytes(text: str) -> bytes:
    """Strict: characters outside the alphabet are refused, so that one pass has one token, not many."""
    raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise binascii.Error("not the canonical form")
    return raw

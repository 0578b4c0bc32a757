"""Whether a file is a badge of ours, whole and still good. Whatever the file holds, the answer comes soon and is a Finding.

A hostile document never reaches the JSON-LD processor, which one could keep busy for hours: only what equals, value
for value, a badge on record is canonicalised, and then its proof is verified with the key it names.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from enggang.core import keystore
from enggang.core.canonical import canonical_bytes
from enggang.core.codes import is_verify_code
from enggang.credentials.badges.baking import SIGNATURE, NotBaked, unbake
from enggang.credentials.badges.content import status_url
from enggang.credentials.badges.identity import PURPOSE, issuer_did, kid_of
from enggang.credentials.badges.picture import is_drawn_here
from enggang.credentials.badges.proofs import is_genuine, proof_of
from enggang.credentials.domain.address import verification_url
from enggang.credentials.findings import DRAWN, UNPROVEN, Fault, Finding, fault_of
from enggang.credentials.models import Badge

KIND = "badge"
LARGEST = 256 * 1024  # bytes of JSON; ours have about four thousand
MOST_CONTAINERS = 3_000
TOKEN = re.compile(rb"[\w\-]+\.[\w\-]+\.[\w\-]*")
BADGE_TYPES = {"OpenBadgeCredential", "AchievementCredential"}


class _Unreadable(ValueError):
    pass


def check_badge(content: bytes) -> Finding:
    """What there is to say of a JSON file or a baked PNG. Never raises for what the file holds."""
    try:
        document = _parsed(_unpacked(content))
    except _Unreadable:
        return Finding(KIND, Fault.UNREADABLE)
    digest = hashlib.sha256(canonical_bytes(document)).hexdigest()
    badge = _on_record().filter(sha256=digest).first()
    found = _standing(badge, document) if badge else _stranger(document)
    return _with_picture(found, content) if content.startswith(SIGNATURE) else found


def _with_picture(found: Finding, png: bytes) -> Finding:
    """A proof speaks for the badge inside and not for the pixels around it, which anybody can exchange.

    Another picture is no fault: one that was drawn by an earlier release may differ too. It is said to prove nothing.
    """
    drawn = found.holds and found.award is not None and is_drawn_here(found.award, png)
    return replace(found, details={**found.details, "picture": DRAWN if drawn else UNPROVEN})


def _on_record() -> QuerySet[Badge]:
    return Badge.objects.select_related("award__organisation", "award__subject", "award__document")


def _standing(badge: Badge, document: dict[str, Any]) -> Finding:
    """Of a document that equals one on record: its proof, then whether it still holds."""
    award, public = badge.award, keystore.public_key(badge.kid, PURPOSE)
    details = {"issuer": str(document["issuer"]["id"]), "key": badge.kid, "made": badge.made_at.isoformat()}
    if public is None or not is_genuine(document, public):
        return Finding(KIND, Fault.ALTERED, award, details)
    return Finding(KIND, fault_of(award), award, details)


def _stranger(document: dict[str, Any]) -> Finding:
    """Of a document that equals none on record: one of ours that was changed, somebody else's, or made up."""
    badge = _by_address(document.get("id")) or _by_status(document.get("credentialStatus"))
    if badge:
        return Finding(KIND, Fault.ALTERED, badge.award)
    proof, issuer = proof_of(document), _id_of(document.get("issuer"))
    if not (_is_badge(document.get("type")) and proof is not None and issuer):
        return Finding(KIND, Fault.UNREADABLE)
    ours = issuer == issuer_did() and _is_our_method(proof.get("verificationMethod"))
    return Finding(KIND, Fault.NOT_ISSUED if ours else Fault.UNKNOWN_ISSUER, None, {"issuer": issuer[:200]})


def _by_address(said: Any) -> Badge | None:
    code = said.removeprefix(verification_url("")) if isinstance(said, str) else ""
    return _on_record().filter(award__verify_code=code).first() if is_verify_code(code) else None


def _by_status(said: Any) -> Badge | None:
    """Whoever changed the address has left the place on the status list, or has changed both."""
    if not isinstance(said, dict):
        return None
    start, address = status_url(0)[:-1], said.get("statusListCredential")
    number = _short(address.removeprefix(start) if isinstance(address, str) else "")
    index = _short(said.get("statusListIndex"))
    return (
        None if number is None or index is None else _on_record().filter(list_number=number, list_index=index).first()
    )


def _short(text: Any) -> int | None:
    """The number in a text of a few plain digits."""
    plain = isinstance(text, str) and 0 < len(text) < 8 and text.isascii() and text.isdigit()
    return int(text) if plain else None


def _is_badge(types: Any) -> bool:
    return any(
        isinstance(each, str) and each in BADGE_TYPES for each in (types if isinstance(types, list) else [types])
    )


def _is_our_method(method: Any) -> bool:
    return isinstance(method, str) and kid_of(method) in keystore.public_keys(PURPOSE)


def _id_of(issuer: Any) -> str:
    said = issuer.get("id") if isinstance(issuer, dict) else issuer
    return said if isinstance(said, str) else ""


def _unpacked(content: bytes) -> bytes:
    if content.startswith(SIGNATURE):
        try:
            content = unbake(content)
        except NotBaked as broken:
            raise _Unreadable from broken
    return _claims(content) if len(content) <= LARGEST and TOKEN.fullmatch(content.strip()) else content


def _claims(token: bytes) -> bytes:
    """What a badge says that is secured as a JWT. None of ours is, so it only tells who it says has issued it."""
    try:
        claims = json.loads(base64.urlsafe_b64decode(token.strip().split(b".")[1] + b"=="))
        said = claims.get("vc", claims) if isinstance(claims, dict) else None
        if not isinstance(said, dict):
            raise _Unreadable("no badge in it")
        return json.dumps({"issuer": claims.get("iss"), **said, "proof": {}}).encode()
    except (ValueError, RecursionError) as broken:
        raise _Unreadable from broken


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST or content.count(b"{") + content.count(b"[") > MOST_CONTAINERS:
        raise _Unreadable("too large")
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_refused, parse_float=_as_text)
        canonical_bytes(document)  # a lone surrogate cannot be written down
    except (ValueError, RecursionError) as broken:
        raise _Unreadable from broken
    if not isinstance(document, dict):
        raise _Unreadable("no object")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two members of one name: readers would differ on which counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Unreadable("a name twice")
    return found


def _refused(constant: str) -> Any:
    raise _Unreadable(constant)


def _as_text(number: str) -> str:
    """No badge of ours has a fraction. Kept as it is written, it equals nothing on record."""
    return f"number {number}"

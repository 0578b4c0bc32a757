"""Checking a file that somebody holds: a paper or a badge, told what it is by what is inside.

A file is ours when its SHA-256 is on record: then the award says what it is worth. Otherwise it is looked into for what
it claims to be, so that a person learns whether it was altered, signed by somebody else, or never issued here.
"""

from __future__ import annotations

import hashlib

from django.db.models import Q

from enggang.core.codes import is_verify_code, normalise_code
from enggang.credentials.badges.checking import check_badge
from enggang.credentials.findings import Fault, Finding, fault_of
from enggang.credentials.looking import codes_in
from enggang.credentials.models import Award
from enggang.documents.enums import SignatureState
from enggang.documents.queries.signing import signed_with
from enggang.documents.signing.signed import Signed, Unreadable

LARGEST = 20 * 1024 * 1024  # bytes


def check_file(content: bytes) -> Finding:
    """What is found in a file of whatever kind. Never raises on what a stranger made; asks nobody over the network."""
    if not content or len(content) > LARGEST:
        return Finding("", Fault.UNREADABLE)
    if content.lstrip()[:5] == b"%PDF-":
        return check_pdf(content)
    return check_badge(content)


def check_pdf(content: bytes) -> Finding:
    """A paper: known by its bytes, or looked into for what it claims."""
    from enggang.documents.signing.pades import examine  # noqa: PLC0415 -- heavy, and only some processes check

    award = _award_with(hashlib.sha256(content).hexdigest())
    try:
        signatures = examine(content)
    except Unreadable:
        signatures = None
    if award is not None:
        return Finding("pdf", fault_of(award), award, _facts(signatures or []))
    if signatures is None:
        claimed = _award_named_in(content)
        return Finding("pdf", Fault.ALTERED, claimed) if claimed else Finding("pdf", Fault.UNREADABLE)
    return _stranger(content, signatures)


def _stranger(content: bytes, signatures: list[Signed]) -> Finding:
    """A PDF whose bytes are not on record: the reason is in its signatures, or in the code it carries."""
    claimed, facts = _award_named_in(content), _facts(signatures)
    ours = [each for each in signatures if signed_with(each.fingerprint)]
    if any(not each.intact for each in signatures) or ours:
        return Finding("pdf", Fault.ALTERED, claimed, facts)
    if signatures:
        return Finding("pdf", Fault.UNKNOWN_ISSUER, claimed, facts)
    return Finding("pdf", Fault.ALTERED if claimed else Fault.NOT_ISSUED, claimed)


def _award_with(sha256: str) -> Award | None:
    signed = Q(document__signature__sha256=sha256, document__signature__state=SignatureState.ATTACHED)
    rows = Award.objects.filter(Q(document__sha256=sha256) | signed)
    return rows.select_related("document__signature", "subject").first()


def _award_named_in(content: bytes) -> Award | None:
    """The award whose address the file carries, in its text or its links."""
    code = next((code for each in codes_in(content) if is_verify_code(code := normalise_code(each))), None)
    return Award.objects.filter(verify_code=code).select_related("document__signature").first() if code else None


def _facts(signatures: list[Signed]) -> dict[str, str]:
    if not signatures:
        return {}
    last = signatures[-1]
    at = last.stamped_at or last.said_at
    return {"signer": last.holder, "signed_at": at.isoformat() if at else ""}

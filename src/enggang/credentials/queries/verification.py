"""What a code says to a stranger: valid, void or unknown, and no more than the paper itself tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enggang.core.codes import is_verify_code, normalise_code
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award


class Verdict(StrEnum):
    VALID = "valid"
    VOID = "void"
    PENDING = "pending"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class Answer:
    verdict: Verdict
    award: Award | None = None


_VERDICTS = {
    AwardState.ISSUED: Verdict.VALID,
    AwardState.VOIDED: Verdict.VOID,
    AwardState.RESERVED: Verdict.PENDING,
}


def verify(typed: str) -> Answer:
    """The answer to a typed or scanned code; a wrong check character is told apart from an unknown code."""
    code = normalise_code(typed[:64])
    if not is_verify_code(code):
        return Answer(Verdict.MISTYPED)
    award = Award.objects.filter(verify_code=code).select_related("document").first()
    return Answer(_VERDICTS[AwardState(award.state)], award) if award else Answer(Verdict.UNKNOWN)

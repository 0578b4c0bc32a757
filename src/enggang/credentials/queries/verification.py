"""What a code says to a stranger: valid, void or unknown, and no more than the paper itself tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enggang.core.codes import is_verify_code, normalise_code
from enggang.credentials.findings import Fault, fault_of
from enggang.credentials.models import Award


class Verdict(StrEnum):
    VALID = "valid"
    VOID = "void"
    EXPIRED = "expired"
    PENDING = "pending"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class Answer:
    verdict: Verdict
    award: Award | None = None

    @property
    def successor(self) -> Award | None:
        """What took the place of a void one, for its holder's own name only: who changed their name is not told of here."""
        if self.award is None or not hasattr(self.award, "replaced_by"):
            return None
        found = self.award.replaced_by
        return found if found.holder_name == self.award.holder_name and not found.name_removed_at else None


_VERDICTS = {
    None: Verdict.VALID,
    Fault.REVOKED: Verdict.VOID,
    Fault.EXPIRED: Verdict.EXPIRED,
    Fault.PENDING: Verdict.PENDING,
}


def verify(typed: str) -> Answer:
    """The answer to a typed or scanned code; a wrong check character is told apart from an unknown code."""
    code = normalise_code(typed[:64])
    if not is_verify_code(code):
        return Answer(Verdict.MISTYPED)
    award = (
        Award.objects.filter(verify_code=code)
        .select_related("organisation", "document__signature", "replaced_by")
        .first()
    )
    return Answer(_VERDICTS[fault_of(award)], award) if award else Answer(Verdict.UNKNOWN)

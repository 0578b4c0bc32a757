"""What a check of a file or a code finds: whole and valid, or the one part of it that fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from enggang.credentials.enums import AwardState

if TYPE_CHECKING:
    from enggang.credentials.models import Award


class Fault(TextChoices):
    """Why a paper or a badge proves nothing, the first that applies in this order."""

    UNREADABLE = "unreadable", _("Unreadable")  # neither a PDF nor a badge, or too damaged to say what it is
    NOT_ISSUED = "not_issued", _("Unknown")  # sound perhaps, but nothing of ours
    UNKNOWN_ISSUER = "unknown_issuer", _("Unknown issuer")  # signed whole, by a key that is none of ours
    ALTERED = "altered", _("Altered")  # ours, but no longer as it was issued
    REVOKED = "revoked", _("Void")  # ours and whole, but taken back
    EXPIRED = "expired", _("Expired")  # ours and whole, but its time is over
    PENDING = "pending", _("Not issued yet")  # its number is reserved; it has not been handed out yet


DRAWN, UNPROVEN = "as drawn here", "not proven"  # of the picture around a badge


@dataclass(frozen=True, slots=True)
class Finding:
    """``fault`` is None when everything holds. ``award`` is what the file claims to be, where it is one of ours."""

    kind: str  # "pdf", "badge", "code", or empty when it cannot be told
    fault: Fault | None = None
    award: Award | None = None
    details: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return self.fault is None


_FAULTS = {
    AwardState.ISSUED: None, AwardState.VOIDED: Fault.REVOKED, AwardState.PREPARED: Fault.PENDING,
    AwardState.RESERVED: Fault.PENDING,
}  # fmt: skip


def fault_of(award: Award) -> Fault | None:
    """What the award itself is worth today, whichever way somebody came by it."""
    fault = _FAULTS[AwardState(award.state)]
    return Fault.EXPIRED if fault is None and award.is_over else fault

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AwardState(TextChoices):
    PREPARED = "prepared", _("Printed, not handed out")
    RESERVED = "reserved", _("Being written")
    ISSUED = "issued", _("Valid")
    VOIDED = "voided", _("Void")


AWARD_MOVES = {
    AwardState.PREPARED: frozenset({AwardState.RESERVED, AwardState.VOIDED}),
    AwardState.RESERVED: frozenset({AwardState.ISSUED, AwardState.VOIDED}),
    AwardState.ISSUED: frozenset({AwardState.VOIDED}),
    AwardState.VOIDED: frozenset(),
}

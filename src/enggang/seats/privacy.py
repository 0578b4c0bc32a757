from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

PERSONAL = [
    PersonalField(
        "seats.Claim.holder",
        _("To give a seat to the person who was registered, and to nobody twice."),
        "public_duty",
        _("As long as the record of the activity is kept."),
    ),
    PersonalField(
        "seats.Claim.reason",
        _("To explain why a seat was given back."),
        "public_duty",
        _("As long as the record of the activity is kept."),
    ),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "seats.Offer": ("*",),
    "seats.Pool": ("*",),
    "seats.Admission": ("*",),
    "seats.Claim": (
        "id",
        "subject",
        "offer",
        "wish",
        "pool",
        "quantity",
        "state",
        "created_at",
        "held_until",
        "remind_at",
        "passed_over_at",
        "released_at",
    ),
}

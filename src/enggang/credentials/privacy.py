from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

FOR_EVER = _("For ever: a printed code must be answered.")
CHECK = _("To answer whoever checks the paper.")

PERSONAL = [
    PersonalField("credentials.Award.person", _("To lead the holder to the certificate."), "public_duty", FOR_EVER),
    PersonalField("credentials.Award.removal_reason", _("To show by which request a name was removed."), "legal_obligation", FOR_EVER),
    PersonalField("credentials.Award.holder_name", CHECK, "public_duty", FOR_EVER, mask="shown"),
    PersonalField("credentials.Award.holder_nip", CHECK, "public_duty", FOR_EVER, mask="first and last digits hidden"),
    PersonalField(
        "credentials.Badge.content", _("To hand the holder the signed badge, the same one as often as it is asked for."),
        "public_duty", FOR_EVER,
    ),
    PersonalField(
        "credentials.Award.void_reason", _("To explain why it was voided."), "public_duty", FOR_EVER, sensitive=True
    ),
]  # fmt: skip

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "credentials.Award": (
        "id", "subject", "organisation", "basis", "document", "verify_code", "state", "title", "issuer_name", "number",
        "hours", "issued_on", "valid_until", "specimen", "wet_signed", "voided_at", "replaces", "name_removed_at",
    ),
    "credentials.Badge": ("id", "award", "sha256", "kid", "list_number", "list_index", "made_at"),
}  # fmt: skip

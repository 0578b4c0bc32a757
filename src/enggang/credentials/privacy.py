from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

FOR_EVER = _("For ever: a printed code must be answered.")
CHECK = _("To answer whoever checks the paper.")

PERSONAL = [
    PersonalField("credentials.Award.person", _("To lead the holder to the certificate."), "public_duty", FOR_EVER),
    PersonalField("credentials.Award.holder_name", CHECK, "public_duty", FOR_EVER, mask="shown"),
    PersonalField("credentials.Award.holder_nip", CHECK, "public_duty", FOR_EVER, mask="first and last digits hidden"),
    PersonalField(
        "credentials.Award.void_reason", _("To explain why it was voided."), "public_duty", FOR_EVER, sensitive=True
    ),
]  # fmt: skip

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "credentials.Award": (
        "id", "subject", "organisation", "basis", "document", "verify_code", "state", "title", "issuer_name", "number",
        "hours", "issued_on", "specimen", "voided_at",
    ),
}  # fmt: skip

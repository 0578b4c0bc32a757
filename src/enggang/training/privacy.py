from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

KEPT = _("As long as the record of the training is kept.")

PERSONAL = [
    PersonalField("training.Registration.person", _("To know who takes part."), "public_duty", KEPT),
    PersonalField("training.Registration.agency", _("To give the seat from the right quota."), "public_duty", KEPT),
    PersonalField("training.Registration.printed_name", _("To print the certificate."), "public_duty", KEPT),
    PersonalField(
        "training.Registration.attended_percent", _("To apply the completion rule."), "public_duty", KEPT, sensitive=True
    ),
    PersonalField("training.Registration.outcome", _("To decide about the certificate."), "public_duty", KEPT, sensitive=True),
    PersonalField(
        "training.Registration.outcome_reason", _("To explain a decision against the rule."), "public_duty", KEPT,
        sensitive=True,
    ),
]  # fmt: skip

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "training.Programme": ("*",),
    "training.Module": ("*",),
    "training.Wave": ("*",),
    "training.Session": ("*",),
    "training.Registration": ("id", "subject", "wave", "claim", "source", "registered_at", "award"),
}

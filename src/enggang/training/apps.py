from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "enggang.training"
    verbose_name = _("Training")
    label = "training"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.training import audit_codes, enrolment, merging, privacy, receivers  # noqa: F401, PLC0415

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        enrolment.enrol()

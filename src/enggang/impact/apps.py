from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    name = "enggang.impact"
    label = "impact"
    verbose_name = _("Impact")

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.impact import audit_codes, enrolment, privacy

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        enrolment.enrol()

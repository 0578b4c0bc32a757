from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "enggang.indicators"
    label = "indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.indicators import audit_codes, enrolment, privacy

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        enrolment.enrol()

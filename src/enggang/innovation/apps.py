from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InnovationConfig(AppConfig):
    name = "enggang.innovation"
    label = "innovation"
    verbose_name = _("Innovation")

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.innovation import audit_codes, enrolment, merging, privacy  # noqa: F401 -- receivers listen once they are imported

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        enrolment.enrol()

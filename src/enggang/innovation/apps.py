from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InnovationConfig(AppConfig):
    name = "enggang.innovation"
    label = "innovation"
    verbose_name = _("Innovation")

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.innovation import (  # noqa: F401 -- receivers listen once they are imported
            audit_codes,
            audit_codes_iid,
            enrolment,
            enrolment_iid,
            merging,
            privacy,
            privacy_iid,
        )

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        registries.enrol(audit_codes_iid.CODES, privacy_iid.PERSONAL)
        enrolment.enrol()
        enrolment_iid.enrol()

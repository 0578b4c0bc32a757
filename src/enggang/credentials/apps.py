from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "enggang.credentials"
    label = "credentials"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.credentials import audit_codes, privacy, receivers  # noqa: F401, PLC0415 -- receivers listen once imported

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        kind = registries.SubjectKind(_("Certificate"), lambda code: reverse("credentials:award", args=[code]))
        registries.subject_kinds.register("award", kind)

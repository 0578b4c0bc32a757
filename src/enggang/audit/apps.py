from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "enggang.audit"
    label = "audit"

    def ready(self) -> None:
        from enggang.audit.domain.trail import write_entry  # noqa: PLC0415 -- models are ready only now
        from enggang.core import acts, registries  # noqa: PLC0415

        acts.add_sink(write_entry)
        registries.audit_codes.register("audit.read_field", _("Read a sensitive field"))

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "enggang.audit"
    label = "audit"

    def ready(self) -> None:
        from enggang.audit.audit_codes import CODES  # noqa: PLC0415 -- models are ready only now
        from enggang.audit.domain.trail import write_acts  # noqa: PLC0415
        from enggang.audit.privacy import PERSONAL  # noqa: PLC0415
        from enggang.core import acts, registries  # noqa: PLC0415

        acts.add_sink(write_acts)
        registries.enrol(CODES, PERSONAL)

from __future__ import annotations

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "enggang.training"
    label = "training"

    def ready(self) -> None:
        from enggang.core import registries  # noqa: PLC0415 -- models are ready only now
        from enggang.training import audit_codes, enrolment, merging, privacy, receivers  # noqa: F401, PLC0415

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        enrolment.enrol()

from __future__ import annotations

from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "enggang.reach"
    label = "reach"

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.reach import audit_codes, enrolment, privacy
        from enggang.reach.domain.counting import old_words

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        registries.retention.register("reach.words", old_words)
        enrolment.enrol()

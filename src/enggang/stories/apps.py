from __future__ import annotations

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "enggang.stories"
    label = "stories"

    def ready(self) -> None:
        from enggang.core import registries
        from enggang.stories import audit_codes, enrolment, privacy
        from enggang.stories.domain.suggestion_retention import old_suggestions

        registries.enrol(audit_codes.CODES, privacy.PERSONAL)
        registries.retention.register("stories.suggestions", old_suggestions)
        enrolment.enrol()

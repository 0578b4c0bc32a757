from __future__ import annotations

from django.apps import AppConfig


class SurvivalConfig(AppConfig):
    name = "tests.survival"
    label = "survival"

    def ready(self) -> None:
        from tests.survival import jobs  # noqa: F401 -- registers the job

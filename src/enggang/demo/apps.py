from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "enggang.demo"
    label = "demo"

    def ready(self) -> None:
        from enggang.demo import reports, results  # their jobs are known by name in a process that shows no page

        assert reports
        assert results

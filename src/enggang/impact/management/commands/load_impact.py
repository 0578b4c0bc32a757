"""See that the Monday pages are ready at six."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.schedules import keep_daily


class Command(BaseCommand):
    help = "Put the Monday pages into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_daily("impact.mondays", "enggang.impact.domain.mondays.queue_mondays", time(5, 30))

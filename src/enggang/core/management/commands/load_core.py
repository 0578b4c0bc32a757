"""See that what is over its time is deleted every night."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.schedules import keep_daily


class Command(BaseCommand):
    help = "Put the nightly retention into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_daily("core.apply_retention", "enggang.core.retention.queue_retention", time(2, 40))

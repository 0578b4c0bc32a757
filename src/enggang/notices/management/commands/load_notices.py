"""See that old messages are deleted every night."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.schedules import keep_daily


class Command(BaseCommand):
    help = "Put the nightly deletion of old messages into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_daily("notices.delete_old", "enggang.notices.domain.retention.queue_deletion", time(2, 20))

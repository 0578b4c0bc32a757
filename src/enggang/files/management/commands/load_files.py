"""See that files whose time is over are deleted every night."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.schedules import keep_daily


class Command(BaseCommand):
    help = "Put the nightly deletion of expired files into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_daily("files.delete_expired", "enggang.files.domain.retention.queue_deletion", time(2, 10))

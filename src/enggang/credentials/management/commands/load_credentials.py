"""See that whatever was issued without a badge gets one: issued before there were badges, or a job was lost."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.schedules import keep_daily


class Command(BaseCommand):
    help = "Put the daily look for awards without a badge into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_daily("credentials.badges", "enggang.credentials.domain.badges.queue_badges", time(2, 20))

"""Load the shipped reference rows of indicators, and count every night what the system itself knows; safe to run again."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.core.schedules import keep_daily
from enggang.indicators.domain.reference import load_reference


class Command(BaseCommand):
    help = "Load the words for what was reached of a target, and schedule the nightly counting."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_reference(actor=SYSTEM)
        keep_daily("indicators.count", "enggang.indicators.domain.counting.queue_counting", time(4, 30))

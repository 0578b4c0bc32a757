"""Load the shipped reference rows of events; safe to run again."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.core.schedules import keep_daily
from enggang.events.domain.reference import load_reference


class Command(BaseCommand):
    help = "Load the checklists of gates, the rules and papers of permits; put the alarms of permits into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_reference(actor=SYSTEM)
        keep_daily("events.alarms", "enggang.events.domain.alarms.queue_alarms", time(6, 20))

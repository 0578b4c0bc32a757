"""Load the shipped reference rows of innovation; safe to run again."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.core.schedules import keep_daily
from enggang.innovation.domain.guide import load_guide
from enggang.innovation.domain.reference import load_reference


class Command(BaseCommand):
    help = "Load affairs of government, checklists and deciders of gates, aspects of scores; put the reminders into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_reference(actor=SYSTEM)
        load_guide(actor=SYSTEM)
        keep_daily("innovation.reminders", "enggang.innovation.domain.monitoring.queue_reminders", time(6, 25))

"""Load the shipped rows of the competency catalogue, and see that employments turn on their day; safe to run again."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.core.schedules import keep_daily
from enggang.people.domain.catalogue import load_catalogue


class Command(BaseCommand):
    help = "Load the competency catalogue, and put the nightly turn of employments into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_daily("people.turn_employments", "enggang.people.domain.employments.queue_turn", time(0, 5))
        load_catalogue(actor=SYSTEM)

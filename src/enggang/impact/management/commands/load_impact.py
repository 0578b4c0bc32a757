"""See that the Monday pages are ready at six and the dashboards are current."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.schedules import keep_daily, keep_every
from enggang.impact.domain import mondays
from enggang.impact.domain.figures import EVERY_MINUTES


class Command(BaseCommand):
    help = "Put the Monday pages and the dashboards into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_every("impact.mondays", "enggang.impact.domain.mondays.queue_mondays", mondays.EVERY_MINUTES)
        keep_every("impact.figures", "enggang.impact.domain.figures.queue_refresh", EVERY_MINUTES)
        keep_daily("impact.recount", "enggang.impact.domain.figures.queue_recount", time(3, 10))

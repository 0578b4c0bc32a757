"""See that works whose licence or consent has ended are shut soon after midnight, and that nothing is left lying about."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.schedules import keep_daily


class Command(BaseCommand):
    help = "Put the daily look at the publishing gate, and the tidying up, into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_daily("media.sweep_scratch", "enggang.media.domain.places.sweep_scratch", time(3, 40))
        keep_daily("media.sweep_renditions", "enggang.media.domain.places.sweep_renditions", time(3, 50))
        keep_daily("media.recheck_gates", "enggang.media.domain.publishing.queue_recheck", time(0, 5))

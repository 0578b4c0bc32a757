"""See that held seats that nobody confirmed are given to the next."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.schedules import keep_every

MINUTES = 5


class Command(BaseCommand):
    help = "Put the release of seats that were not confirmed in time into the schedule."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_every("seats.expire_holds", "enggang.seats.domain.holds.queue_expiry", MINUTES)

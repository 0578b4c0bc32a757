"""What events do when something below them has changed."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enggang.core.actor import SYSTEM
from enggang.events.domain.alarms import queue_recount
from enggang.plans.signals import holidays_changed


@receiver(holidays_changed)
def count_anew(sender: Any, *, years: list[int], organisation: Any, **_more: Any) -> None:
    """Deadlines in working days rest on the lists: reckoned in a job, as the system, since a decree reaches everybody."""
    queue_recount(list(years), organisation.path if organisation else "/", SYSTEM)

"""See that participants and superiors are asked again some months after a wave, and load the licences for good work."""

from __future__ import annotations

import json
from datetime import time
from importlib.resources import files
from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.core.schedules import keep_daily
from enggang.training.domain.index import load_index
from enggang.training.domain.learning import load_jp_limits
from enggang.training.models import Licence


class Command(BaseCommand):
    help = "Put the daily follow-up of finished waves into the schedule, and load the licences for works."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_daily("training.follow_up", "enggang.training.domain.evaluation.queue_follow_ups", time(6, 30))
        keep_daily("training.plans", "enggang.training.domain.plan_reminders.queue_plan_reminders", time(6, 40))
        _load_licences()
        load_index(actor=SYSTEM)
        load_jp_limits(actor=SYSTEM)


def _load_licences() -> None:
    """Local rows are never overwritten."""
    data = json.loads(files("enggang.training.data").joinpath("licences.json").read_text())
    for row in data["licences"]:
        facts = {key: row[key] for key in ("name", "url", "public", "verified")}
        Licence.objects.get_or_create(key=row["key"], defaults=facts)

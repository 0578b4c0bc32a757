"""Load the shipped numbers of tests and evaluations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.core.schedules import keep_every
from enggang.surveys.domain.services import load_service_rules
from enggang.surveys.domain.settings import load_settings

MINUTES = 15


class Command(BaseCommand):
    help = "Load the shipped settings of surveys; an agency's own rows are left alone."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_settings(actor=SYSTEM)
        load_service_rules(actor=SYSTEM)
        keep_every("surveys.close_overdue", "enggang.surveys.domain.surveys.queue_closing", MINUTES)

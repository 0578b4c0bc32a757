"""Load the shipped reference rows of plans; safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.plans.domain.holidays import load_holidays
from enggang.plans.domain.reference import load_reference


class Command(BaseCommand):
    help = "Load the holiday lists of the decrees, task templates and the rows of risk and crowd plans."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_holidays(actor=SYSTEM)
        load_reference(actor=SYSTEM)

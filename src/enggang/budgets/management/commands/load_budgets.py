"""Load the shipped reference rows of budgets; safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.budgets.domain.reference import load_reference
from enggang.core.actor import SYSTEM


class Command(BaseCommand):
    help = "Load teaching units, honorarium and tax rates, evidence checklists and price standards."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_reference(actor=SYSTEM)

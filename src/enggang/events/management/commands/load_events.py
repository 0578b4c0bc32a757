"""Load the shipped reference rows of events; safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.events.domain.reference import load_reference


class Command(BaseCommand):
    help = "Load the checklists of the gates and the weeks to stay away from."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_reference(actor=SYSTEM)

"""Load the shipped reference rows of innovation; safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.innovation.domain.reference import load_reference


class Command(BaseCommand):
    help = "Load the affairs of government that an innovation can belong to."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_reference(actor=SYSTEM)

"""Load the shipped regions and organisations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.places.domain.reference import load_reference


class Command(BaseCommand):
    help = "Load all regions and Kalbar's organisations; safe to run again, local rows stay as they are."

    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        for name, each in load_reference(actor=SYSTEM).items():
            if verbosity:
                text = f"{each.created} created, {each.updated} updated, {each.unchanged} unchanged"
                self.stdout.write(f"{name}: {text}")

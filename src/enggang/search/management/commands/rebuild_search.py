"""Write the full-text index anew from the entries."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from enggang.search import fulltext


class Command(BaseCommand):
    help = "Rebuild the full-text index from the search entries."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with transaction.atomic():
            count = fulltext.rebuild()
        self.stdout.write(f"{count} entries indexed")

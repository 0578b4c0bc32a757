"""Delete the files whose time is over, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.files.domain.retention import delete_expired


class Command(BaseCommand):
    help = "Delete the files whose time is over."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{delete_expired(SYSTEM)} files deleted")

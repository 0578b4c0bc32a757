"""Make new signing keys where ENGGANG_SECRET_KEY has changed; what the old ones signed stays valid."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.core.keystore import renew_keys


class Command(BaseCommand):
    help = "Make a new key in place of each that the present ENGGANG_SECRET_KEY cannot open."

    def handle(self, *_args: Any, **_options: Any) -> None:
        renewed = renew_keys(actor=SYSTEM)
        self.stdout.write(
            f"Renewed: {', '.join(renewed)}." if renewed else "Every key can be opened; nothing was done."
        )

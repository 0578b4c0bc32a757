"""Sign digital badges with a new key from now on; badges that the old one signed stay valid."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enggang.core.actor import SYSTEM
from enggang.credentials.domain.badges import rotate_badge_key


class Command(BaseCommand):
    help = "Retire the key that signs digital badges and make a new one; what the old one signed stays valid."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Badges are signed with the key {rotate_badge_key(actor=SYSTEM)} from now on.")

"""What must be so before the web server starts: no unknown migration waits, and the static files are published."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from enggang.core.management.commands.doctor import check_database, check_storage


class Command(BaseCommand):
    help = "Refuse to start on a database that is not set up; publish the static files."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for check in (check_storage, check_database):
            ok, text = check()
            if not ok:
                raise CommandError(text)
        call_command("publish_static")

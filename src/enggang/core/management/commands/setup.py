"""Bring the installation up to date: tables, the shared cache, and the reference data of every app."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate the database and load the reference data; safe to run again."
    requires_system_checks = ()

    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        for name in reference_commands():
            call_command(name, verbosity=verbosity)


def reference_commands() -> list[str]:
    """An app with reference data brings a command ``load_<label>``; the lowest storey loads first."""
    known = get_commands()
    labels = [app.label for app in reversed(list(apps.get_app_configs())) if app.name.startswith("enggang.")]
    return [f"load_{label}" for label in labels if known.get(f"load_{label}") == f"enggang.{label}"]

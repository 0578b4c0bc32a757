"""Put the static files where the web server answers from, when they differ from what is there."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

import enggang

STAMP = ".published"


class Command(BaseCommand):
    help = "Collect, name by content and compress the static files, if they changed since last time."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.DEBUG:
            return  # the finders answer
        stamp = Path(settings.STATIC_ROOT) / STAMP
        wanted = fingerprint()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)


def fingerprint() -> str:
    """Changes with the version and with name, size or time of any static file, and with what travels as one."""
    digest = hashlib.sha256(f"{enggang.__version__}{sorted(settings.JOINED.items())}".encode())
    for name, path in sorted(_files()):
        facts = path.stat()
        digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files() -> list[tuple[str, Path]]:
    return [(name, Path(storage.path(name))) for finder in get_finders() for name, storage in finder.list([])]

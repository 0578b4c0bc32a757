"""enggang media import FOLDER: take an archive of photos and videos into the library of an agency."""

from __future__ import annotations

import json
import os
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from enggang.core.actor import SYSTEM
from enggang.core.models import Subject
from enggang.media.domain.capability import INSTALL, missing_tools
from enggang.media.domain.importing import Archive, Line, import_folder
from enggang.media.enums import DeliveryState
from enggang.places.models import Organisation

EVERY = 30  # seconds


class Command(BaseCommand):
    help = "import FOLDER: take an archive in. May be broken off and started again; nothing is imported twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["import"])
        parser.add_argument("folder", type=Path)
        parser.add_argument("--event", default="", help="the code of the event or wave that all of them show")
        parser.add_argument("--organisation", default="", help="the code of the agency (else that of the event)")
        parser.add_argument("--author", default="", help="the photographer's name")
        parser.add_argument(
            "--jobs",
            type=int,
            default=max(1, (os.cpu_count() or 1) // 2),
            help="how many files are looked at at once (half of the cores)",
        )
        parser.add_argument("--json", action="store_true", help="one JSON document at the end, and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if missing := missing_tools():
            raise CommandError(f"not installed: {', '.join(missing)}. Install them with: {INSTALL}")
        if not folder.is_dir():
            raise CommandError(f"no such folder: {folder}")
        archive = _archive(options)
        library = archive.organisation.name
        self.stderr.write(f"into the library of {library}", style_func=str)
        counts: Counter[str] = Counter()
        refused: list[Line] = []
        since = _Told(self.stderr)
        try:
            for line in import_folder(folder, archive, max(1, options["jobs"])):
                counts[str(line.state)] += 1
                since.tell(counts)
                if line.state == DeliveryState.REFUSED:
                    refused.append(line)
                    if not options["json"]:
                        self.stdout.write(f"refused  {line.file}: {line.why}")
        except OSError as error:
            raise CommandError(f"stopped after {counts.total()} files: {error}. Start it again; it goes on.") from error
        facts: dict[str, Any] = {"files": counts.total(), **{str(state): counts[str(state)] for state in _ENDS}}
        told = [{"file": line.file, "why": line.why} for line in refused]
        shown = " ".join(f"{name}={count}" for name, count in facts.items())
        self.stdout.write(
            json.dumps({"library": library, **facts, "refusals": told}, ensure_ascii=False)
            if options["json"]
            else shown
        )


class _Told:
    """How far it is, twice a minute, beside the report: thousands of files take hours."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out, self._start = out, time.monotonic()
        self._last = self._start

    def tell(self, counts: Counter[str]) -> None:
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last, rate = now, counts.total() / (now - self._start)
            shown = " ".join(f"{state}={counts[str(state)]}" for state in _ENDS)
            self._out.write(f"files={counts.total()} {shown} ({rate:.1f} per second)", style_func=str)


_ENDS = (DeliveryState.KEPT, DeliveryState.SAME, DeliveryState.REFUSED)


def _archive(options: dict[str, Any]) -> Archive:
    about = None
    if options["event"] and (about := Subject.objects.filter(code=options["event"]).first()) is None:
        raise CommandError(f"no event or wave has the code {options['event']}")
    code = options["organisation"] or (about.organisation_code if about else "")
    rows = Organisation.objects.select_related("subject")
    if not code and rows.filter(parent=None).count() == 1:
        return Archive(rows.get(parent=None), SYSTEM, about, options["author"])
    organisation = rows.filter(subject__code=code).first()
    if organisation is None:
        raise CommandError("give the agency with --organisation CODE (the code stands in the address of its page)")
    return Archive(organisation, SYSTEM, about, options["author"])

"""``enggang roster import FILE``: read an agency's list from the command line, or see what it would do."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from enggang.core.actor import SYSTEM
from enggang.core.acts import Refused
from enggang.people.domain.rosters import import_file
from enggang.places.models import Organisation

NO_ROSTER = 2


class Command(BaseCommand):
    help = "Read a roster (XLSX or CSV) into the people on record. Exit code 0 when it was read, 2 when it is none."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        reading = actions.add_parser("import", help="read a roster")
        reading.add_argument("file", type=Path, metavar="FILE", help="an XLSX or CSV file")
        reading.add_argument(
            "--organisation", default="", metavar="CODE", help="the agency (else the only topmost one)"
        )
        reading.add_argument("--dry-run", action="store_true", help="compare and count, but write nothing")
        reading.add_argument("--json", action="store_true", help="print the counts as one JSON document")

    def handle(self, *_args: Any, file: Path, organisation: str, dry_run: bool, json: bool, **_options: Any) -> None:
        counts = self._read(file, organisation, dry_run=dry_run)
        if json:
            self.stdout.write(json_module.dumps(counts))
        else:
            self.stdout.write(_sentence(counts))

    def _read(self, file: Path, organisation: str, *, dry_run: bool) -> dict[str, int]:
        try:
            content = file.read_bytes()
            agency = _agency(organisation)
            return import_file(organisation=agency, content=content, name=file.name, actor=SYSTEM, dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=NO_ROSTER) from error
        except Refused as refused:
            raise CommandError(f"{file.name}: {refused.message}", returncode=NO_ROSTER) from refused


def _agency(code: str) -> Organisation:
    rows = Organisation.objects.select_related("subject")
    if code:
        found = list(rows.filter(subject__code=code))
        problem = _("no agency has the code {code}").format(code=code)
    else:
        found = list(rows.on().filter(parent__isnull=True)[:2])
        problem = (
            _("say which agency with --organisation CODE") if found else _("there is no agency yet; run: enggang setup")
        )
    if len(found) != 1:
        raise CommandError(problem, returncode=NO_ROSTER)
    return found[0]


def _sentence(counts: dict[str, int]) -> str:
    text = _(
        "{rows} rows: {created} added, {updated} renewed, {unchanged} unchanged, {rejected} rejected, {warnings} with a warning"
    )
    return text.format(**counts)

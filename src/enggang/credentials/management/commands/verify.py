"""``enggang verify FILE``: whether a certificate (PDF) or a badge (JSON, PNG) is whole, ours and valid."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enggang.credentials.checking import LARGEST, check_file
from enggang.credentials.findings import Finding
from enggang.credentials.wording import said

INVALID = 1


class Command(BaseCommand):
    help = "Check a certificate or a badge. Exit code 0 when it is valid, 1 when it is not or cannot be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a PDF, a JSON badge or a PNG badge")
        parser.add_argument("--json", action="store_true", help="print what was found as one JSON document")

    def handle(self, *_args: Any, file: Path, json: bool, **_options: Any) -> None:
        try:
            with file.open("rb") as handle:
                finding = check_file(handle.read(LARGEST + 1))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=INVALID) from error
        self.stdout.write(json_module.dumps(facts_of(finding)) if json else f"{file.name}: {said(finding)}")
        if not finding.holds:
            raise SystemExit(INVALID)


def facts_of(finding: Finding) -> dict[str, Any]:
    """``{"valid", "kind", "fault", "reason", "number", "holder", "title", "issuer", "issued_on", …}``."""
    award = finding.award
    known = {
        "number": award.number, "holder": award.holder_name, "title": award.title, "issuer": award.issuer_name,
        "issued_on": award.issued_on.isoformat(), "specimen": award.specimen,
    } if award else {}  # fmt: skip
    fault = str(finding.fault) if finding.fault else None
    return {
        "valid": finding.holds,
        "kind": finding.kind,
        "fault": fault,
        "reason": str(said(finding)),
        **known,
        **finding.details,
    }

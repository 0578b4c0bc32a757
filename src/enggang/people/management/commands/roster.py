"""``enggang roster import FILE``: read an agency's list from the command line, or see what it would do."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from enggang.access.domain.actors import actor_for
from enggang.accounts.backends import find_user
from enggang.accounts.models import User
from enggang.core.actor import SYSTEM, Actor
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
        reading.add_argument(
            "--accept-warnings", action="store_true", help="take odd NIPs and moves from other agencies; needs --by"
        )
        reading.add_argument(
            "--by",
            default="",
            metavar="USERNAME",
            help="who answers for it: their NIP or e-mail for signing in, or account code",
        )
        reading.add_argument("--json", action="store_true", help="print the counts as one JSON document")

    def handle(self, *_args: Any, json: bool, **options: Any) -> None:
        counts = self._read(**options)
        if json:
            self.stdout.write(json_module.dumps(counts))
        else:
            self.stdout.write(_sentence(counts))

    def _read(
        self, *, file: Path, organisation: str, dry_run: bool, accept_warnings: bool, by: str, **_options: Any
    ) -> dict[str, int]:
        if accept_warnings and not by:
            raise CommandError(_("Say by name who answers for the warnings: --by USERNAME"), returncode=NO_ROSTER)
        try:
            content = file.read_bytes()
            return import_file(
                organisation=_agency(organisation), content=content, name=file.name, actor=_actor(by) if by else SYSTEM,
                dry_run=dry_run, accepts_warnings=accept_warnings,
            )  # fmt: skip
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=NO_ROSTER) from error
        except Refused as refused:
            raise CommandError(f"{file.name}: {refused.message}", returncode=NO_ROSTER) from refused


def _actor(name: str) -> Actor:
    user = find_user(name) or User.objects.filter(username=name).first()
    if user is None or not user.is_active:
        message = _("no account that may sign in is called {name}").format(name=name)
        raise CommandError(message, returncode=NO_ROSTER)
    return actor_for(user)


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

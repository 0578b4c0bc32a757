"""Is everything in order? One line per check, for a person or as JSON; exit code 1 when one fails."""

from __future__ import annotations

import json
import smtplib
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from enggang.core import registries

CLOCK_SECONDS = 5
FREE_MEGABYTES = 200
Check = Callable[[], tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    ok: bool
    text: str


class Command(BaseCommand):
    help = "Check database, storage, mail, fonts, queue and clock; with --invariants also what the data promise."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--invariants", action="store_true", help="also check counts and chains in the data")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *_args: Any, invariants: bool, json: bool, **_options: Any) -> None:
        findings = list(examine(invariants=invariants))
        if json:
            self.stdout.write(as_json(findings))
        else:
            for finding in findings:
                self.stdout.write(f"{'ok' if finding.ok else 'FAIL':5} {finding.check:22} {finding.text}")
        if not all(finding.ok for finding in findings):
            sys.exit(1)


def as_json(findings: list[Finding]) -> str:
    return json.dumps(
        {"ok": all(finding.ok for finding in findings), "checks": [asdict(finding) for finding in findings]}
    )


def examine(*, invariants: bool) -> Iterator[Finding]:
    """Run every check; one that breaks is a finding too, and does not hide the rest."""
    for name, check in [*BUILT_IN.items(), *registries.doctor_checks.items()]:
        yield _guarded(name, check)
    if invariants:
        for name, wrongs in registries.invariants.items():
            yield _guarded(name, lambda wrongs=wrongs: _told(wrongs()))  # type: ignore[misc]


def _guarded(name: str, check: Check) -> Finding:
    try:
        ok, text = check()
    except Exception as error:  # noqa: BLE001 -- whatever broke is the finding
        ok, text = False, f"{type(error).__name__}: {error}".splitlines()[0]
    return Finding(name, ok, text)


def _told(wrongs: list[str]) -> tuple[bool, str]:
    return not wrongs, "; ".join(wrongs) or _("holds")


def check_database() -> tuple[bool, str]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        return False, _("the database does not answer: {error}").format(error=str(error).strip())
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return False, _("{n} migrations are not applied; run: enggang setup").format(n=len(waiting))
    return True, _("{vendor} answers, all migrations are applied").format(vendor=connection.display_name)


def check_storage() -> tuple[bool, str]:
    """Can a file be written and read back where data, private files and static files live?"""
    for folder in {Path(settings.DATA_FOLDER), Path(settings.PRIVATE_ROOT)}:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=folder) as probe:
                probe.write(b"enggang")
        except OSError as error:
            return False, _("{folder} cannot be written: {error}").format(folder=folder, error=error.strerror)
    return _check_space(Path(settings.DATA_FOLDER))


def _check_space(folder: Path) -> tuple[bool, str]:
    from shutil import disk_usage  # noqa: PLC0415 -- only here

    free = disk_usage(folder).free // 2**20
    if free < FREE_MEGABYTES:
        return False, _("only {n} MB are free below {folder}").format(n=free, folder=folder)
    return True, _("{folder} can be written, {n} MB are free").format(folder=folder, n=free)


def check_mail() -> tuple[bool, str]:
    """Does the mail server take our sign-in? Nothing is sent."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return True, _("no mail server is set (ENGGANG_EMAIL_URL): messages stay in the inbox and the outbox")
    try:
        with get_connection(timeout=10):
            return True, _("{host} takes our sign-in").format(host=settings.EMAIL_HOST)
    except (OSError, smtplib.SMTPException) as error:
        return False, _("{host} does not: {error}").format(host=settings.EMAIL_HOST, error=error)


def check_fonts() -> tuple[bool, str]:
    """Papers are set in the fonts that apps carry in ``fonts/``; the machine's own are never used."""
    fonts = [
        font
        for app in apps.get_app_configs()
        if app.name.startswith("enggang.")
        for font in (Path(app.path) / "fonts").glob("*.[ot]tf")
    ]
    empty = [font.name for font in fonts if font.stat().st_size < 1000]
    if not fonts or empty:
        return False, _("fonts for papers are missing or broken: {names}").format(names=", ".join(empty) or "*.ttf")
    return True, _("{n} font files for papers are in place").format(n=len(fonts))


def check_clock() -> tuple[bool, str]:
    """The clock of this process beside that of the database server, and the zone's own data."""
    zone = ZoneInfo(settings.TIME_ZONE)
    drift = abs((datetime.now(UTC) - _database_time()).total_seconds())
    if drift > CLOCK_SECONDS:
        return False, _("this machine's clock and the database's differ by {n:.0f} seconds").format(n=drift)
    here = datetime.now(zone)
    return True, _("{time} in {zone}").format(time=here.strftime("%Y-%m-%d %H:%M"), zone=zone.key)


def _database_time() -> datetime:
    sql = "SELECT strftime('%s', 'now')" if connection.vendor == "sqlite" else "SELECT extract(epoch FROM now())"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return datetime.fromtimestamp(float(cursor.fetchone()[0]), UTC)


BUILT_IN: dict[str, Check] = {
    "database": check_database,
    "storage": check_storage,
    "mail": check_mail,
    "fonts": check_fonts,
    "clock": check_clock,
}

"""The trail as a file: XLSX for people, CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from enggang.audit.models import AuditEntry
from enggang.core.registries import audit_codes

LIMIT = 50_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = Sequence[str]


def header() -> Row:
    return [_("When"), _("What"), _("Act"), _("Who"), _("Subject code"), _("Organisation code"), _("Details")]


def row_of(entry: AuditEntry, name: str) -> Row:
    """One line; times in the installation's zone, ``name`` is the actor's as it is known now."""
    when = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S%z")
    label = str(audit_codes.get(entry.code) or entry.code)
    details = json.dumps(entry.details, ensure_ascii=False, sort_keys=True) if entry.details else ""
    return [when, label, entry.code, name or entry.actor_key, entry.subject_code, entry.organisation_code, details]


def as_csv(rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark that lets a spreadsheet see it; a cell never begins a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header())
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Row]) -> bytes:
    memory = io.BytesIO()
    book: Any = xlsxwriter.Workbook(
        memory, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("Audit trail")[:31])
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 6, 22)
    for column, cell in enumerate(header()):
        sheet.write_string(0, column, cell, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell)
    book.close()
    return memory.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

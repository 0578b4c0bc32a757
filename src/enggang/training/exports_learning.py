"""Learning hours as a file: the columns that were asked for, NIP only for those who may read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.people.roster.workbooks import XLSX_TYPE, workbook
from enggang.people.rules import may_read_nip
from enggang.training.forms.learning import ALL_COLUMNS
from enggang.training.queries.learning import Line
from enggang.training.queries.limits import limit_words

RISKY = ("=", "+", "-", "@", "\t", "\r")


def learning_file(lines: Sequence[Line], columns: Sequence[str], kind: str, actor: Actor) -> tuple[bytes, str]:
    """The bytes and their media type. ``columns`` are names of ALL_COLUMNS, in the order of the file."""
    labels = dict(ALL_COLUMNS)
    header = [str(labels[name]) for name in columns]
    rows = [[_cell(line, name, actor) for name in columns] for line in lines]
    if kind == "xlsx":
        return workbook(_("Learning hours"), header, rows), XLSX_TYPE
    return csv_bytes(header, rows), "text/csv; charset=utf-8"


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Semicolons, decimal commas and a mark of UTF-8, as Indonesian Excel reads it; no cell runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> Any:
    if isinstance(cell, float | Decimal):
        return f"{float(cell):.15g}".replace(".", ",")
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def _cell(line: Line, name: str, actor: Actor) -> Any:
    work = line.employment
    if name == "nip":
        full = may_read_nip(actor, work.organisation.path, work.person.user_id)
        return work.person.spaced_nip if full else work.person.masked_nip
    if name == "list":
        return "; ".join(f"{entry.title} ({entry.jp} JP)" for entry in line.entries)
    if name == "limit":
        return "; ".join(limit_words(held.limit) for held in line.limits)
    plain = {"name": work.person.name, "agency": work.organisation.name, "kind": work.short_kind, "post": work.post}
    return plain[name] if name in plain else getattr(line, name)

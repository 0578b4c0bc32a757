"""Workbooks that leave the house: text is written as text, so that no cell of ours ever runs as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from enggang.people.reasons import say_all
from enggang.people.roster.header import CLEAN_HEADER
from enggang.people.roster.rows import Entry

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REASON_COLUMN = "Alasan"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST = 32_767  # characters that a cell holds


def workbook(title: str, header: Sequence[Any], rows: Iterable[Sequence[Any]], *, widths: Sequence[int] = ()) -> bytes:
    """One sheet with a bold, frozen header row. Every text is a string cell, also one that begins with ``=``."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**_OPTIONS, "constant_memory": False})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width, text)
    for column, cell in enumerate(header):
        sheet.write_string(0, column, str(cell), bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any, text: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        shown = cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
        sheet.write_string(row, column, shown[:_WIDEST], text)
    elif cell == cell and abs(cell) != float("inf"):
        sheet.write_number(row, column, cell)


def rejects_workbook(header: Sequence[Any], rejected: Iterable[Entry]) -> bytes:
    """The rejected rows as they came, in the same columns, and why."""
    width = len(header)
    rows = ([*entry.raw[:width], *[""] * (width - len(entry.raw)), say_all(entry.errors)] for entry in rejected)
    return workbook(_("Rejected rows"), [*header, REASON_COLUMN], rows, widths=[22] * width + [70])


def template_workbook() -> bytes:
    """An empty list with the clean header; its columns are text, so that Excel keeps every digit of an NIP."""
    return workbook(_("Roster"), CLEAN_HEADER, [], widths=[34, 22, 34, 18, 18, 28, 12, 30])

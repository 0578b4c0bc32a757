"""Rows as a file: XLSX for people, CSV for programs. No cell of ours ever runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WIDEST = 32_767  # characters that a cell holds
Row = Sequence[Any]


def as_csv(title: str, header: Row, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark that lets a spreadsheet see it; a text that would begin a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([str(cell) for cell in header])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, header: Row, rows: Iterable[Row]) -> bytes:
    """One sheet with a bold, frozen header; numbers stay numbers, everything else is text."""
    memory = io.BytesIO()
    book: Any = xlsxwriter.Workbook(memory, _OPTIONS)
    sheet = book.add_worksheet("".join(char for char in title if char not in "[]:*?/\\")[:31])
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, 24)
    for column, cell in enumerate(header):
        sheet.write_string(0, column, str(cell), bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, line, column, cell)
    book.close()
    return memory.getvalue()


WRITERS: dict[str, tuple[Callable[[str, Row, Iterable[Row]], bytes], str]] = {
    "xlsx": (as_xlsx, XLSX_TYPE),
    "csv": (as_csv, CSV_TYPE),
}


def _write(sheet: Any, line: int, column: int, cell: Any) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(line, column, cell)
    else:
        sheet.write_string(line, column, str(cell)[:_WIDEST])


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell

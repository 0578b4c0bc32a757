"""Workbooks that leave the house: text is written as text, so that no cell of ours ever runs as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import xlsxwriter
from django.utils.translation import gettext as _

from enggang.core.text import Absent, folded
from enggang.people.reasons import DOUBTS, Remark, say_all
from enggang.people.roster.header import CLEAN_HEADER, Header
from enggang.people.roster.lines import Judge, Line
from enggang.people.roster.reading import Page
from enggang.people.roster.rows import Entry
from enggang.people.roster.sheet import Cells, Range, Sheet, read_sheets

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


def several_sheets(sheets: Mapping[str, tuple[Sequence[Any], Iterable[Sequence[Any]]]]) -> bytes:
    """A header and rows on each named sheet, written row by row: a large export needs little memory.

    A cell that is ``Absent`` stands in red.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**_OPTIONS, "in_memory": False, "constant_memory": True})
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    red = book.add_format({"num_format": "@", "bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"})
    for title, (header, rows) in sheets.items():
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header) - 1, 24)
        _write_row(sheet, 0, [str(each) for each in header], bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                shown = _yes(cell) if isinstance(cell, bool) else cell
                _write(sheet, number, column, shown, red if isinstance(cell, Absent) else text)
    book.close()
    return out.getvalue()


def _yes(value: bool) -> str:
    return _("yes") if value else ""


def rejects_workbook(content: bytes, pages: Sequence[Page], rejected: Iterable[Entry]) -> bytes:
    """The agency's own workbook with only the rejected rows: the same sheets and columns, what stood above, and why."""
    by_sheet: dict[int, dict[int, Entry]] = {}
    for entry in rejected:
        by_sheet.setdefault(entry.sheet, {})[entry.row] = entry
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**_OPTIONS, "constant_memory": False})
    styles = Styles(
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}), book.add_format({"num_format": "@"})
    )
    headers = {page.index: page.header for page in pages}
    for sheet in read_sheets(content):
        header = headers.get(sheet.index)
        if header and sheet.index in by_sheet:
            paper = book.add_worksheet(sheet.name[:31] or _("Rejected rows"))
            _write_rejects(paper, sheet, header, by_sheet[sheet.index], styles)
    book.close()
    return out.getvalue()


class Styles(NamedTuple):
    bold: Any
    text: Any


def _write_rejects(paper: Any, sheet: Sheet, header: Header, rejected: dict[int, Entry], styles: Styles) -> None:
    reasons = _reason_column(header)
    paper.set_column(0, max(reasons - 1, 0), 22, styles.text)
    paper.set_column(reasons, reasons, 70, styles.text)
    line, heading, judge = header.row, None, Judge(header.columns)
    above: list[Cells] = []
    lower = {entry.below for entry in rejected.values() if entry.below}
    for number, raw in enumerate(sheet.rows, start=1):
        if number <= header.row:
            above.append(raw)
            _write_row(paper, number - 1, raw, styles.bold)
        elif (entry := rejected.get(number)) is not None:
            if heading is not None:
                _write_row(paper, line, heading, styles.text)
                line, heading = line + 1, None
            _write_row(paper, line, _filled_in(raw, header, entry), styles.text)
            paper.write_string(line, reasons, say_all(_why(entry)), styles.text)
            line += 1
        elif number in lower:  # directly below its upper row here too, so that the two are read as one again
            _write_row(paper, line, raw, styles.text)
            line += 1
        elif judge(raw) == Line.HEADING:
            heading = raw
    _merge_above(paper, sheet.merged, above, styles.bold)
    if header.row:
        paper.write_string(header.row - 1, reasons, REASON_COLUMN, styles.bold)
        paper.freeze_panes(header.row, 0)


def _reason_column(header: Header) -> int:
    """Beside the list; in a list that came back before, where the reasons stood."""
    keys = [folded(label) for label in header.labels]
    return keys.index(folded(REASON_COLUMN)) if folded(REASON_COLUMN) in keys else len(keys)


def _why(entry: Entry) -> list[Remark]:
    """The errors, and the doubts that nobody has lifted yet."""
    return [*(each for each in entry.warnings if each.reason in DOUBTS), *entry.errors]


def _filled_in(raw: Cells, header: Header, entry: Entry) -> list[Any]:
    """What a merged cell or a heading says of several people is said in the row itself."""
    cells = list(raw)
    for name in ("unit", "post", "rank"):
        index = header.columns.get(name, len(cells))
        if index < len(cells) and cells[index] in {"", None}:
            cells[index] = getattr(entry, name)
    return cells


def _write_row(paper: Any, line: int, raw: Sequence[Any], style: Any) -> None:
    for column, cell in enumerate(raw):
        _write(paper, line, column, cell, style)


def _merge_above(paper: Any, merged: Sequence[Range], above: Sequence[Cells], style: Any) -> None:
    """The merged cells of titles and header as they were."""
    done: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in merged:
        if bottom >= len(above) or right >= len(above[top]):
            continue
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if len(cells) > 1 and not cells & done:
            done |= cells
            paper.merge_range(top, left, bottom, right, str(above[top][left]), style)


def template_workbook() -> bytes:
    """An empty list with the clean header; its columns are text, so that Excel keeps every digit of an NIP."""
    return workbook(_("Roster"), CLEAN_HEADER, [], widths=[34, 22, 34, 18, 18, 28, 12, 30])

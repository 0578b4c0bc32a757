"""A roster file as rows of cells: told by its content, guarded against what would fill the memory, read in one pass."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, load_workbook

from enggang.core.acts import Refused

MAX_BYTES = 10 * 2**20
MAX_UNPACKED = 300 * 2**20
MAX_ROWS = 200_000
MAX_MERGED = 20_000
XLSX, CSV = "xlsx", "csv"
Cells = list[Any]

_CHUNK = 2**20
_LONGEST_ELEMENT = 2**20
# The reader lays a sheet out as a full rectangle: one cell far off would ask for gigabytes.
_FAR = re.compile(rb' r="(?:(?:[A-Z]{3}|[D-Z][A-Z])\d|[A-Z]{0,3}(?:\d{7}|[3-9]\d{5}|2[1-9]\d{4}))')
_UNPLACED = re.compile(rb"<c[>/\t\r\n]|:row[\s>/]")  # what Excel never writes, and other programs seldom
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


class NotARoster(Refused):
    """The file cannot be read as a roster; the message says what it is instead, and what to do."""


Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, rows and columns from 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """``merged`` are its merged cells; ``visible`` is false for a sheet that its owner has hidden."""

    index: int
    name: str
    rows: Iterator[Cells]
    merged: tuple[Range, ...] = ()
    visible: bool = True


def kind_of(content: bytes) -> str:
    """``xlsx`` or ``csv`` by what is inside, whatever the file is called; raises NotARoster for all else."""
    if len(content) > MAX_BYTES:
        raise NotARoster(_("The file is larger than 10 MB. Send one agency at a time, and only the list itself."))
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotARoster(_("The file is empty."))
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    known = next((what for sign, what in _signs() if content.startswith(sign)), None)
    if known:
        raise NotARoster(
            _("This is {what}, not a list. Save the list as an Excel workbook (.xlsx) or CSV.").format(what=known)
        )
    if _CONTROL.search(_text_sample(content)):
        raise NotARoster(_("This is neither an Excel workbook (.xlsx) nor CSV."))
    return CSV


def _signs() -> list[tuple[bytes, str]]:
    return [
        (b"\x89PNG", _("a picture")),
        (b"\xff\xd8\xff", _("a picture")),
        (b"GIF8", _("a picture")),
        (b"%PDF", _("a PDF")),
        (b"\xd0\xcf\x11\xe0", _("a workbook of an old Excel (.xls) or one with a password")),
        (b"Rar!", _("an archive")),
        (b"7z\xbc\xaf", _("an archive")),
        (b"\x1f\x8b", _("an archive")),
    ]


def _text_sample(content: bytes) -> bytes:
    return b"" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else content


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotARoster(_("The workbook is damaged. Open it in Excel and save it again.")) from error
    if "xl/workbook.xml" not in names:
        raise NotARoster(_("This is not an Excel workbook (.xlsx). Save the list as .xlsx or CSV."))
    return XLSX


def read_sheets(content: bytes) -> Iterator[Sheet]:
    """Every sheet of a workbook, or the one table of a CSV. Row 1 is the first row of the file."""
    if kind_of(content) == XLSX:
        check_unpacked(content)
        yield from _workbook_sheets(content)
    else:
        yield Sheet(0, "", _csv_rows(content))


def check_unpacked(content: bytes) -> None:
    """Unpack without keeping anything: what the archive says of its own sizes is not believed."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                total += _check_member(archive, info, MAX_UNPACKED - total)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        raise NotARoster(
            _("The workbook is damaged or locked with a password. Open it in Excel and save it again.")
        ) from error


def _check_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> int:
    info.file_size = room + 1  # else reading stops where the archive claims the end to be
    is_sheet = info.filename.startswith("xl/worksheets/")
    size = rows = 0
    rest = b""
    with archive.open(info) as member:
        while chunk := member.read(_CHUNK):
            size += len(chunk)
            if is_sheet:
                window = rest + chunk
                end = window.rfind(b"<") if len(window) < _LONGEST_ELEMENT + _CHUNK else len(window)
                rest = window[end:]
                rows += _check_cells(window[:end])
            if size > room or rows > MAX_ROWS:
                raise NotARoster(_too_large())
    return size


def _check_cells(elements: bytes) -> int:
    """How many rows begin here. Every cell must say where it stands, and that must be near."""
    if _FAR.search(elements):
        raise NotARoster(_too_large())
    if elements.count(b'<c r="') != elements.count(b"<c ") or _UNPLACED.search(elements):
        raise NotARoster(_("The workbook is built in an unusual way. Open it in Excel and save it again."))
    return elements.count(b"<row")


def _too_large() -> str:
    return _("The workbook is too large: a list may have up to {rows} rows and 100 columns.").format(rows=MAX_ROWS)


def _workbook_sheets(content: bytes) -> Iterator[Sheet]:
    try:
        workbook = load_workbook(io.BytesIO(content))
        for index, about in enumerate(workbook.sheets_metadata):
            if about.typ == SheetTypeEnum.WorkSheet:
                yield _sheet(index, about.name, workbook, visible=about.visible == SheetVisibleEnum.Visible)
    except (CalamineError, ValueError, OSError) as error:
        raise NotARoster(_("The workbook cannot be read. Open it in Excel and save it again.")) from error


def _sheet(index: int, name: str, workbook: CalamineWorkbook, *, visible: bool) -> Sheet:
    sheet = workbook.get_sheet_by_index(index)
    left = sheet.start[1] if sheet.start else 0  # the reader leaves out empty columns on the left
    rows = _limited(sheet.iter_rows())
    merged = tuple((sheet.merged_cell_ranges or [])[:MAX_MERGED])
    return Sheet(index, name, ([""] * left + row for row in rows) if left else rows, merged, visible)


def _limited(rows: Iterator[Cells]) -> Iterator[Cells]:
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise NotARoster(_too_large())
        yield row


def _csv_rows(content: bytes) -> Iterator[Cells]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        yield from _limited(iter(reader))
    except csv.Error as error:
        raise NotARoster(_("The CSV is damaged at line {line}.").format(line=reader.line_num)) from error


def _decoded(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The separator that parts the first lines most often and most evenly; Indonesian Excel writes semicolons."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    counts = {mark: [line.count(mark) for line in lines] for mark in ";,\t|"}
    return max(counts, key=lambda mark: (min(counts[mark], default=0) > 0, max(counts[mark], default=0)))

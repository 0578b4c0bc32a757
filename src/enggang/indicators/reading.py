"""A table of BPS as it is downloaded: regions or months down the side, years or months across. Pure: nothing is written.

Read with the same guards as a staff roster. What cannot be placed is told cell by cell and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from enggang.core.acts import Refused
from enggang.core.text import folded
from enggang.indicators.enums import Frequency
from enggang.indicators.numbers import read
from enggang.indicators.periods import Period, period_of
from enggang.people.roster.sheet import read_sheets

MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()
ENGLISH = "january february march april may june july august september october november december".split()
SHORT = "jan feb mar apr mei jun jul agu sep okt nov des".split()
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MISSING = {"", "-", "–", "—", "...", "…", "na", "n/a", "x", "tad"}  # BPS: not available, not applicable, concealed
MOST_CELLS = 5_000
HEADER_WITHIN = 30  # rows from the top
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_QUARTER = re.compile(
    r"(?:triwulan|tw|q|quarter)\s*(iv|iii|ii|i|[1-4])\b|\b(?:19|20|21)\d\d\s*(?:·\s*)?q([1-4])", re.IGNORECASE
)


class Found(NamedTuple):
    """One cell. ``region`` is its code, empty for the whole area; with an ``error`` it is not taken."""

    where: str
    label: str
    region: str
    period: Period | None
    value: Decimal | None
    error: str = ""


class Table(NamedTuple):
    taken: list[Found]
    rejected: list[Found]


def read_table(content: bytes, *, frequency: str, regions: Mapping[str, str], whole: Sequence[str]) -> Table:
    """The cells of the first sheet that has a header of periods.

    ``regions`` are names and codes, folded, with the code of each; ``whole`` the folded names that mean the whole area.
    Raises Refused when no sheet has such a header, or when there are too many cells.
    """
    for sheet in read_sheets(content):
        rows = [list(row) for row in sheet.rows]
        start = next((number for number, row in enumerate(rows[:HEADER_WITHIN]) if _is_header(row)), None)
        if start is None:
            continue
        found = list(_cells(rows, start, frequency, regions, whole))
        if len(found) > MOST_CELLS:
            raise Refused(
                _("The table has %(n)d cells; %(most)d are read at once. Split it.")
                % {"n": len(found), "most": MOST_CELLS}
            )
        if found:
            return Table([each for each in found if not each.error], [each for each in found if each.error])
    raise Refused(
        _("No row with years or months was found. The table needs one above its numbers, for example 2023, 2024, 2025.")
    )


def _is_header(row: Sequence[Any]) -> bool:
    """Two or more years, months or quarters, or one with nothing else beside it; and no other numbers."""
    cells = [cell for cell in row[1:] if not _is_missing(cell)]
    periods = [cell for cell in cells if _year_of(cell) or _month_of(cell) or _quarter_of(cell)]
    return bool(periods) and len(periods) == len(cells)


def _cells(
    rows: Sequence[Sequence[Any]], start: int, frequency: str, regions: Mapping[str, str], whole: Sequence[str]
) -> Iterator[Found]:
    header = rows[start]
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        label = _text(row[0]) if row else ""
        if not label or not any(not _is_missing(cell) for cell in row[1:]):
            continue  # a gap, a heading of a group, a note below the table
        region, error = _place(label, regions, whole)
        for column, cell in enumerate(row[1:], start=1):
            if _is_missing(cell) or column >= len(header) or _is_missing(header[column]):
                continue
            period = _period(header[column], label, frequency)
            value = read(cell)
            fault = error or _fault(period, value)
            yield Found(xl_rowcol_to_cell(number - 1, column), label, region, period, value, fault)


def _fault(period: Period | None, value: Decimal | None) -> str:
    if period is None:
        return _("the period cannot be told from its column and row")
    return _("this is no number") if value is None else ""


def _place(label: str, regions: Mapping[str, str], whole: Sequence[str]) -> tuple[str, str]:
    """The region of a row; a row of a month, or of the whole area, has none."""
    key = folded(label)
    if key in whole or _month_of(label) or _quarter_of(label):
        return "", ""
    code = regions.get(key)
    return (code, "") if code else ("", _("no regency or city is called so"))


def _period(head: Any, label: str, frequency: str) -> Period | None:
    if isinstance(head, date | datetime):
        return period_of(date(head.year, head.month, 1), frequency)
    year = _year_of(head)
    if year is None:
        return None
    if frequency == Frequency.YEAR:
        return period_of(date(year, 1, 1), frequency)
    if frequency == Frequency.QUARTER:
        quarter = _quarter_of(head) or _quarter_of(label)
        return period_of(date(year, quarter * 3, 1), frequency) if quarter else None
    month = _month_of(head) or _month_of(label)
    return period_of(date(year, month, 1), frequency) if month else None


def _year_of(cell: Any) -> int | None:
    if isinstance(cell, date | datetime):
        return cell.year
    found = _YEAR.findall(_text(cell))
    return int(found[-1]) if len(found) == 1 else None


def _month_of(cell: Any) -> int | None:
    if isinstance(cell, date | datetime):
        return cell.month
    words = folded(_text(cell)).split()
    for names in (MONTHS, ENGLISH, SHORT):
        for place, name in enumerate(names, start=1):
            if name in words:
                return place
    if numeric := re.fullmatch(r"(?:19|20|21)\d\d-(0[1-9]|1[0-2])", _text(cell)):
        return int(numeric.group(1))
    return None


def _quarter_of(cell: Any) -> int | None:
    found = _QUARTER.search(_text(cell))
    if found is None:
        return None
    word = (found.group(1) or found.group(2)).lower()
    return ROMAN.get(word) or int(word)


def _is_missing(cell: Any) -> bool:
    return cell is None or _text(cell).lower() in MISSING


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return " ".join(str(cell).split()) if cell is not None else ""

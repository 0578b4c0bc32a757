"""Holidays as they are pasted or brought: lines of a decree, of a news page, or rows of a workbook. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.acts import Refused
from enggang.core.text import folded, one_line
from enggang.people.roster.dates import MONTHS, read_date
from enggang.people.roster.sheet import read_sheets
from enggang.plans.enums import HolidayKind

MOST_ROWS = 200
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# Days, month and perhaps a year, as in: 2, 3, 4, dan 7 April 2025 -- 31 Maret -- 21-22 Maret (Sabtu-Minggu).
_DAYS = re.compile(
    rf"(?<!\d)(\d{{1,2}}(?:(?:\s*[-–—,&]\s*|\s+)(?:(?:dan|s\.?d\.?|sampai)\s+)?\d{{1,2}})*)\s+({_MONTH})\b\.?(?:\s+(\d{{4}}))?",
    re.IGNORECASE,
)  # fmt: skip
_RANGE = re.compile(r"(\d{1,2})\s*(?:[-–—]|s\.?d\.?|sampai)\s*(\d{1,2})", re.IGNORECASE)
_JOINED = re.compile(r"[\s,&\-–—]*(?:(?:dan|s\.?d\.?|sampai)\s+)?", re.IGNORECASE)
_NUMERIC = re.compile(r"[\d/.\-]{8,10}")
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}\s*[.)]\s+|[-•*]\s*)")
_WEEKDAY = r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)"
_WEEKDAYS = re.compile(
    rf"\(\s*{_WEEKDAY}(?:[\s,\-–—&]|dan|{_WEEKDAY})*\)|^\W*{_WEEKDAY}\b(?:[\s,\-–—&:]|\bdan\b|\b{_WEEKDAY}\b)*",
    re.IGNORECASE,
)
_KINDS = (
    ("cuti bersama", HolidayKind.JOINT), ("joint leave", HolidayKind.JOINT), ("hari kerja", HolidayKind.WORKING),
    ("working day", HolidayKind.WORKING), ("libur daerah", HolidayKind.REGIONAL), ("regional", HolidayKind.REGIONAL),
    ("libur nasional", HolidayKind.NATIONAL), ("national", HolidayKind.NATIONAL),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A day when ``error`` is empty, else what the person must do about the line."""

    number: int
    text: str
    day: date
    name: str
    kind: HolidayKind
    error: str = ""


def read_holidays(*, year: int, text: str = "", content: bytes = b"") -> list[HolidayRow]:
    """One row per day, in the order of the lines; a line that cannot be read comes back with its error.

    A heading that names a kind ("Cuti bersama") holds for the lines below it. Raises Refused when a file is no list.
    """
    lines = _file_lines(content) if content else _text_lines(text)
    rows: list[HolidayRow] = []
    kind = HolidayKind.NATIONAL
    for number, cells in lines:
        found, said = list(_rows(number, cells, year, kind)), _kind(" ".join(map(str, cells)))
        if not found and said is not None:
            kind = said
        elif not found and not (number == 1 or _is_heading(cells)):
            found = [HolidayRow(number, _joined(cells), date(year, 1, 1), "", kind, _("No day can be read in it."))]
        rows += found
        if len(rows) > MOST_ROWS:
            raise Refused(_("The list has more than %(most)s days. Bring one year at a time.") % {"most": MOST_ROWS})
    return rows


def _text_lines(text: str) -> Iterator[tuple[int, list[Any]]]:
    for number, line in enumerate(text.replace("\x00", "").splitlines()[: 5 * MOST_ROWS], 1):
        cells = [cell.strip() for cell in re.split(r"[\t;|]", line)]
        if any(cells):
            yield number, [cell for cell in cells if cell]


def _file_lines(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    for sheet in read_sheets(content):
        if not sheet.visible:
            continue
        for number, cells in enumerate(sheet.rows, 1):
            filled = [cell for cell in cells if str(cell if cell is not None else "").strip()]
            if filled:
                yield number, filled
            if number > 5 * MOST_ROWS:
                break
        return


def _joined(cells: Iterable[Any]) -> str:
    return one_line(" · ".join(map(str, cells)), 160)


def _is_heading(cells: list[Any]) -> bool:
    """Words without a number, such as the names of columns."""
    return not re.search(r"\d", " ".join(map(str, cells)))


def _kind(text: str) -> HolidayKind | None:
    words = folded(text)
    return next((kind for sign, kind in _KINDS if sign in words), None)


def _rows(number: int, cells: list[Any], year: int, kind: HolidayKind) -> Iterator[HolidayRow]:
    said = _kind(" ".join(map(str, cells))) or kind
    days, rest = _days_of([cell for cell in cells if not _is_kind(cell)], year)
    name = _name(rest)
    for day in days:
        error = ""
        if day is None:
            error = _("There is no such day.")
        elif day.year != year:
            error = _("This day is not in %(year)s.") % {"year": year}
        elif not name:
            error = _("The name of the holiday is missing.")
        yield HolidayRow(number, _joined(cells), day or date(year, 1, 1), name, said, error)


def _is_kind(cell: Any) -> bool:
    """A cell that says nothing else."""
    return isinstance(cell, str) and folded(cell) in {sign for sign, _value in _KINDS}


def _days_of(cells: list[Any], year: int) -> tuple[list[date | None], str]:
    """The days of a line and what else stands in it."""
    for index, cell in enumerate(cells):
        others = " ".join(str(each) for each in [*cells[:index], *cells[index + 1 :]])
        if isinstance(cell, str) and (found := _DAYS.search(cell)):
            days, end = _run(cell, found, year)
            return days, _NUMBERING.sub("", f"{cell[: found.start()]} {cell[end:]} {others}")
        whole = read_date(cell)
        if whole is not None and (others or isinstance(cell, str)):
            return [whole], others or _NUMERIC.sub(" ", str(cell))
    return [], " ".join(map(str, cells))


def _run(text: str, found: re.Match[str], year: int) -> tuple[list[date | None], int]:
    """Days of one month, and of the next when they follow at once: "31 Maret-1 April"."""
    days, end = _spread(found, year), found.end()
    after = _DAYS.match(text, end + len(_JOINED.match(text, end)[0]))  # type: ignore[index]
    return (days + _spread(after, year), after.end()) if after else (days, end)


def _spread(match: re.Match[str], year: int) -> list[date | None]:
    month, wanted = MONTHS[match[2].casefold()], int(match[3] or year)
    span = _RANGE.fullmatch(match[1].strip())
    numbers = list(map(int, re.findall(r"\d{1,2}", match[1])))
    if span and numbers[0] < numbers[1]:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return [_date(wanted, month, number) for number in numbers]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _name(rest: str) -> str:
    bare = _WEEKDAYS.sub(" ", rest)
    return one_line(bare.strip(" .,:;-–—()"), 120)

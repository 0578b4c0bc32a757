"""Days as they stand in cells: real dates, Excel's serial numbers, and text in Indonesian."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

_DAY_ZERO = date(1899, 12, 30)  # so that Excel's serial 60, the 29 February 1900 that never was, does no harm after it
FIRST_SERIAL, LAST_SERIAL = 3_653, 73_050  # 1910 to 2099: what is outside is another sort of number
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari pebruari february", "mar maret march", "apr april", "mei may",
            "jun juni june", "jul juli july", "agu ags agt agustus august aug", "sep sept september",
            "okt oktober oct october", "nov november nopember nop", "des desember december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})[\s\-/.]*([A-Za-z]{3,10})[\s\-/.,]*(\d{4})(?!\d)")
_PLAIN = re.compile(r"^\d{8}$")


def read_date(value: object) -> date | None:
    """The day of a cell such as 12-03-1990, ``Pontianak, 12 Maret 1990`` or 32944; None when it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_serial(float(value))
    return _of_text(str(value).strip())


def _of_serial(serial: float) -> date | None:
    return _DAY_ZERO + timedelta(days=int(serial)) if FIRST_SERIAL <= serial <= LAST_SERIAL else None


@lru_cache(maxsize=10_000)
def _of_text(text: str) -> date | None:
    if _PLAIN.match(text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if text.isdigit():
        return _of_serial(float(text)) if len(text) <= len(str(LAST_SERIAL)) else None
    if match := _ISO.search(text):
        return _day(*map(int, match.groups()))
    if match := _NUMBERS.search(text):
        day, month, year = map(int, match.groups())
        return _day(year, month, day)
    if match := _WORDS.search(text):
        return _day(int(match[3]), MONTHS.get(match[2].casefold(), 0), int(match[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

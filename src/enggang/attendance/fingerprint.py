"""What a fingerprint machine writes: lists with Indonesian or English headers, one scan a row or a day a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.acts import Refused
from enggang.core.text import folded
from enggang.people.nip import read_nip
from enggang.people.roster.dates import read_date
from enggang.people.roster.sheet import read_sheets

MOST_ROWS = 20_000
LOOKED_AT = 15  # rows in which the header is looked for: machines print a title and a period above it
# The first spelling that a header has is taken: «jam masuk» is the hour planned where «scan masuk» stands beside it.
SPELLINGS = {
    "number": ("user id", "userid", "id user", "id pengguna", "pin", "no pin", "no id", "enroll number", "enno",
               "ac no", "no akun", "emp no", "id karyawan", "id pegawai", "id", "nomor"),
    "nip": ("nip", "nip nik", "nomor induk pegawai", "nik"),
    "name": ("nama lengkap", "nama pegawai", "nama karyawan", "employee name", "nama", "name"),
    "moment": ("tanggal waktu", "tgl waktu", "date time", "datetime", "tanggal jam", "waktu scan", "tanggal scan",
               "scan time", "check time", "tanggal dan jam", "timestamp"),
    "day": ("tanggal", "tgl", "date", "hari tanggal"),
    "hour": ("jam", "waktu", "time", "pukul"),
    "into": ("scan masuk", "check in", "clock in", "jam masuk", "masuk", "in"),
    "out": ("scan pulang", "scan keluar", "check out", "clock out", "jam pulang", "jam keluar", "pulang", "keluar", "out"),
    "way": ("in out", "masuk keluar", "masuk pulang", "i o", "status", "state", "arah", "tipe"),
}  # fmt: skip
LEAVES = frozenset({"out", "o", "1", "c out", "check out", "clock out", "pulang", "keluar", "scan pulang"})
_HOUR = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?\s*([AaPp][Mm])?(?!\d)")
_SPACES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Punch:
    """One row. ``came`` and ``left`` are times of the machine's wall clock; ``error`` says why it says nothing."""

    row: int
    cells: Sequence[Any]
    number: str = ""
    nip: str = ""
    name: str = ""
    came: datetime | None = None
    left: datetime | None = None
    error: str = ""


class Log:
    """The rows of a file under its header. Raises Refused, with what to do, for a file without one."""

    def __init__(self, content: bytes, *, today: date) -> None:
        self.today = today
        sheet = next(read_sheets(content), None)
        rows = list(_few(sheet.rows)) if sheet else []
        self.at, self.columns = _header(rows[:LOOKED_AT])
        self.header = [str(cell) for cell in rows[self.at]]
        self.rows = rows[self.at + 1 :]

    def punches(self) -> Iterator[Punch]:
        """Every row that has something in it; the numbers are those of the file, from 1."""
        for index, cells in enumerate(self.rows, start=self.at + 2):
            if any(cell not in {"", None} for cell in cells):
                yield self._read(index, cells)

    def _cell(self, cells: Sequence[Any], name: str) -> Any:
        index = self.columns.get(name)
        return cells[index] if index is not None and index < len(cells) else ""

    def _read(self, row: int, cells: Sequence[Any]) -> Punch:
        number, name = _text(self._cell(cells, "number")), _text(self._cell(cells, "name"))
        nip = read_nip(self._cell(cells, "nip"), today=self.today)
        who: dict[str, Any] = {"number": number[:80], "nip": "" if nip.error else nip.digits, "name": name[:200]}
        if not any(who.values()):
            return Punch(row, cells, error=_("There is neither a number nor a name in this row."))
        came, left = self._times(cells)
        if came is None and left is None:
            return Punch(row, cells, **who, error=_("No date and time can be read in this row."))
        if came and left and left <= came:
            return Punch(row, cells, **who, error=_("The time of leaving lies before that of coming."))
        return Punch(row, cells, **who, came=came, left=left)

    def _times(self, cells: Sequence[Any]) -> tuple[datetime | None, datetime | None]:
        moment = self._cell(cells, "moment")
        day = read_date(self._cell(cells, "day")) or read_date(moment)
        if day is None:
            return None, None
        if "into" in self.columns or "out" in self.columns:
            pair = [read_hour(self._cell(cells, name)) for name in ("into", "out")]
            return tuple(datetime.combine(day, hour) if hour else None for hour in pair)  # type: ignore[return-value]
        hour = read_hour(self._cell(cells, "hour")) or read_hour(moment) or read_hour(self._cell(cells, "day"))
        if hour is None:
            return None, None
        at = datetime.combine(day, hour)
        return (None, at) if _key(self._cell(cells, "way")) in LEAVES else (at, None)


def _few(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise Refused(_("The file has more than %(most)d rows. Export fewer days at a time.") % {"most": MOST_ROWS})
        yield row


def _header(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    for index, cells in enumerate(rows):
        found = _columns([_key(cell) for cell in cells])
        when = "moment" in found or ("day" in found and {"hour", "into", "out"} & found.keys())
        if when and {"number", "nip", "name"} & found.keys():
            return index, found
    raise Refused(
        _("No header was found with a number, NIP or name and a date with a time. Export the list with its header.")
    )


def _columns(keys: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, spellings in SPELLINGS.items():
        index = next((keys.index(each) for each in spellings if each in keys), None)
        if index is not None and index not in found.values():
            found[name] = index
    if "hour" in found and not {"moment", "day"} & found.keys():
        found["moment"] = found.pop("hour")  # «Waktu» alone holds the date too
    return found


def _key(cell: object) -> str:
    return _SPACES.sub(" ", folded(str(cell))).strip()


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell if cell is not None else "").replace("\x00", "").strip().strip("'")


def read_hour(value: object) -> time | None:
    """The hour of a cell: a time, a date with one, a part of a day as Excel counts, or text such as 07.45 or 7:45 PM."""
    if isinstance(value, datetime):
        return value.time() if value.time() != time.min else None
    if isinstance(value, time):
        return value
    if isinstance(value, timedelta):
        return _of_seconds(value.total_seconds()) if timedelta(0) <= value < timedelta(days=1) else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        part = float(value) % 1
        return _of_seconds(part * 86_400) if part else None
    text = str(value)
    words = text.split()
    # A date with points (07.11.2026) is no hour: only what stands last is looked at.
    last = words[-2:] if words and words[-1].lower() in {"am", "pm"} else words[-1:]
    match = _HOUR.search(" ".join(last))
    if match is None:
        return None
    hour, minute, second, half = int(match[1]), int(match[2]), int(match[3] or 0), (match[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    return time(hour % 12 + 12 * (half == "pm") if half else hour, minute, second)


def _of_seconds(seconds: float) -> time:
    minutes, second = divmod(round(seconds) % 86_400, 60)
    return time(minutes // 60, minutes % 60, second)

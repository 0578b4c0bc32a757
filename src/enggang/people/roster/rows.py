"""One row of a roster, read and judged by itself: what it says, what is wrong with it, what to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from enggang.people.enums import StaffKind
from enggang.people.names import is_name, name_key, tidy
from enggang.people.nip import read_nip
from enggang.people.phones import read_phone
from enggang.people.reasons import Reason, Remark
from enggang.people.roster.header import Columns, find_header, kind_from
from enggang.people.roster.sheet import Cells, NotARoster, read_sheets

LIMITS = {"name": 200, "post": 200, "rank": 60, "unit": 200}
_EMAIL = re.compile(r"^[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$")
_TOTALS = re.compile(r"^(?:grand\s+|sub\s*)?(?:total|jumlah)\b", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """What one row says. ``kind`` is None when it says nothing; empty text means nothing was said."""

    row: int
    raw: Cells
    name: str = ""
    name_key: str = ""
    nip: str = ""
    nip_kind: StaffKind | None = None
    kind: StaffKind | None = None
    post: str = ""
    rank: str = ""
    phone: str = ""
    email: str = ""
    unit: str = ""
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    own_errors: int = 0  # how many of them the row has by itself, before it is compared with anything
    own_warnings: int = 0

    def reject(self, reason: Reason, **values: Any) -> None:
        self.errors.append(Remark(reason, values))

    def warn(self, reason: Reason, **values: Any) -> None:
        self.warnings.append(Remark(reason, values))


@dataclass(slots=True)
class Roster:
    """The list as found in the file: its header row, and every row that is neither blank nor a total."""

    header: Cells
    entries: list[Entry]


def read_roster(content: bytes, *, today: date) -> Roster:
    """Read the first sheet that has a header. Raises NotARoster when none has."""
    for sheet in read_sheets(content):
        if found := find_header(sheet.rows):
            number, header, columns, rows = found
            return Roster(header, list(_entries(rows, columns, number + 1, today)))
    raise NotARoster(
        _(
            "No row with the column names was found. The list needs a row with “Nama” and “NIP” above the names; use the template."
        )
    )


def _entries(rows: Iterator[Cells], columns: Columns, first: int, today: date) -> Iterator[Entry]:
    wanted = list(columns.items())
    for number, raw in enumerate(rows, start=first):
        width = len(raw)
        cells = {name: raw[index] for name, index in wanted if index < width}
        if not _is_blank(cells) and not _is_total(raw, cells):
            yield read_entry(number, raw, cells, today)


def _is_blank(cells: dict[str, Any]) -> bool:
    return not any(cell.strip() if isinstance(cell, str) else cell not in {None, ""} for cell in cells.values())


def _is_total(raw: Cells, cells: dict[str, Any]) -> bool:
    if cells.get("nip"):
        return False
    first = next((cell for cell in raw if cell not in {"", None}), "")
    return any(isinstance(cell, str) and _TOTALS.match(cell.strip()) for cell in (first, cells.get("name")))


def read_entry(number: int, raw: Cells, cells: dict[str, Any], today: date) -> Entry:
    entry = Entry(number, raw)
    _read_name(entry, cells.get("name"))
    _read_nip(entry, cells.get("nip"), today)
    _read_kind(entry, cell_text(cells.get("kind")))
    _read_phone(entry, cells.get("phone"))
    _read_email(entry, cell_text(cells.get("email")))
    entry.post, entry.rank, entry.unit = (_short(entry, name, cells.get(name)) for name in ("post", "rank", "unit"))
    entry.own_errors, entry.own_warnings = len(entry.errors), len(entry.warnings)
    return entry


def cell_text(value: Any) -> str:
    """A cell as one line of text; what a formula could not compute counts as nothing."""
    if isinstance(value, str):
        text = tidy(value)
        return "" if text.startswith("#") or text in {"-", "–"} else text
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


_repeated_text = lru_cache(8_192)(cell_text)  # posts, ranks and units are the same in many rows


def _read_name(entry: Entry, value: Any) -> None:
    text = cell_text(value)
    if not text:
        entry.reject(Reason.NAME_MISSING)
    elif not isinstance(value, str) or not is_name(text) or len(text) > LIMITS["name"]:
        entry.reject(Reason.NAME_ODD)
    else:
        entry.name, entry.name_key = text, name_key(text)


def _read_nip(entry: Entry, value: Any, today: date) -> None:
    nip = read_nip(value, today=today)
    if nip.error:
        entry.reject(nip.error)
    entry.nip, entry.nip_kind = nip.digits, nip.kind
    entry.warnings += [Remark(reason) for reason in nip.warnings]


def _read_kind(entry: Entry, text: str) -> None:
    entry.kind, known = kind_from(text)
    if not known:
        entry.warn(Reason.KIND_UNKNOWN, value=text[:40])
    if entry.kind == StaffKind.PNS and entry.nip_kind == StaffKind.PPPK:
        entry.warn(Reason.KIND_DIFFERS, value="PNS")


def _read_phone(entry: Entry, value: Any) -> None:
    entry.phone, several = read_phone(value)
    if several:
        entry.warn(Reason.PHONE_SEVERAL)
    if not entry.phone and cell_text(value):
        entry.warn(Reason.PHONE_ODD)


def _read_email(entry: Entry, text: str) -> None:
    if not text:
        return
    if _EMAIL.match(text):
        entry.email = text.lower()
    else:
        entry.warn(Reason.EMAIL_ODD)


def _short(entry: Entry, name: str, value: Any) -> str:
    text = _repeated_text(value) if isinstance(value, str) else cell_text(value)
    if len(text) > LIMITS[name]:
        text = text[: LIMITS[name]].rstrip()
        entry.warn(Reason.CUT, value=f"{text[:40]}…")
    return text

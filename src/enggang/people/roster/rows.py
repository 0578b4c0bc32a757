"""One row of a roster, read and judged by itself: what it says, what is wrong with it, what to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from enggang.people.enums import StaffKind
from enggang.people.names import is_name, name_key, tidy
from enggang.people.nip import birth_date, read_nip
from enggang.people.phones import read_phone
from enggang.people.reasons import Reason, Remark
from enggang.people.roster.dates import read_date
from enggang.people.roster.header import kind_from

LIMITS = {"name": 200, "post": 200, "rank": 60, "unit": 200}
_EMAIL = re.compile(r"^[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$")
_NUMBER_IN_NAME = re.compile(
    r"[\s/,;('’‘`]*(?:\b(?:nip|ni\s*pppk|nipppk|ni)\b[\s.:]*)?(\d[\d\s.'’\-]{7,}\d)\)?", re.IGNORECASE
)
_BROKEN_NUMBER = re.compile(
    r"(?<=[\n\r])[\s'’‘`]*((?:nip[\s.:]*)?(?:\d[.,]\d+\s*e\s*\+?\s*\d+|\d[\d\s.]{4,}))\s*$", re.IGNORECASE
)
_DIGIT_OR_LINE = re.compile(r"[\d\n\r]")
_RANK = re.compile(r"\b(?:I{1,3}|IV)\s*/\s*[a-e]\b|\b(?:juru|pengatur|penata|pembina)\b", re.IGNORECASE)
_SEXES = {
    "l": "1",
    "lk": "1",
    "laki laki": "1",
    "laki-laki": "1",
    "pria": "1",
    "p": "2",
    "pr": "2",
    "perempuan": "2",
    "wanita": "2",
}


@dataclass(slots=True)
class Entry:
    """What one row says. ``kind`` is None when it says nothing; empty text means nothing was said."""

    row: int
    sheet: int = 0
    below: int = 0  # the row below that says this person's NIP, when it is written on two
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
    since: date | None = None
    pending: bool = False  # taken without the NIP that the file has lost
    keeps_name: bool = False  # the person on record is meant, and stays under the name there
    errors: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    own_errors: tuple[Remark, ...] = ()  # those the row has by itself, before it is compared with anything
    own_warnings: tuple[Remark, ...] = ()

    @property
    def key(self) -> str:
        """Names the row within its file."""
        return f"{self.sheet}:{self.row}"

    def reject(self, reason: Reason, **values: Any) -> None:
        self.errors = (*self.errors, Remark(reason, values))

    def warn(self, reason: Reason, **values: Any) -> None:
        self.warnings = (*self.warnings, Remark(reason, values))

    def reset(self) -> None:
        """Forget what an attempt before, or an answer, has said of the row."""
        self.errors, self.warnings = self.own_errors, self.own_warnings
        self.pending = self.keeps_name = False

    def forgive(self, reason: Reason) -> None:
        self.errors = tuple(remark for remark in self.errors if remark.reason != reason)

    def has(self, reason: Reason) -> bool:
        return any(remark.reason == reason for remark in self.errors)


def read_entry(number: int, cells: dict[str, Any], today: date, *, sheet: int = 0, below: int = 0) -> Entry:
    """Judge the cells of one row, by field."""
    entry = Entry(number, sheet, below)
    name, within, rank = _parted(cells.get("name_nip") or cells.get("name"))
    _read_name(entry, name)
    _read_nip(entry, cells.get("nip") or within, today)
    _read_kind(entry, _text(cells.get("kind")))
    _read_phone(entry, cells.get("phone"))
    _read_email(entry, cells.get("email"))
    entry.post = _short(entry, "post", cells.get("post"))
    entry.unit = _short(entry, "unit", cells.get("unit"))
    entry.rank = _short(entry, "rank", _whole_rank(cells.get("rank") or rank, cells.get("grade")))
    if "born" in cells or "sex" in cells or "since" in cells:
        _compare_with_nip(entry, cells)
        since = read_date(cells.get("since"))
        entry.since = since if since and since <= today else None
    entry.own_errors, entry.own_warnings = entry.errors, entry.warnings
    return entry


def _parted(value: Any) -> tuple[Any, str, str]:
    """The name, the NIP and the rank that stand in one cell, on lines of their own or one behind the other."""
    if not isinstance(value, str) or not _DIGIT_OR_LINE.search(value):
        return value, "", ""
    found = _NUMBER_IN_NAME.search(value) or _BROKEN_NUMBER.search(value)
    nip = found[1] if found else ""
    rest = value[: found.start()] + "\n" + value[found.end() :] if found else value
    lines = [line.strip(" /,;:-") if found else line.strip() for line in rest.splitlines()]
    lines = [line for line in lines if line.casefold().strip(".:-–— ") not in {"", "nip", "ni pppk"}]
    rank = next((line for line in lines[1:] if _RANK.search(line)), "")
    return " ".join(line for line in lines if line != rank), nip, rank


def _whole_rank(rank: Any, grade: Any) -> str:
    """``Penata`` and ``III/c`` from two columns as one."""
    said, level = _text(rank), _text(grade)
    if said and level and level.casefold() not in said.casefold():
        return f"{said} ({level})"
    return said or level


def _compare_with_nip(entry: Entry, cells: dict[str, Any]) -> None:
    """Birth date and sex are not kept: they only show a wrong NIP."""
    if not entry.nip:
        return
    born = read_date(cells.get("born"))
    if born and born != birth_date(entry.nip):
        entry.warn(Reason.NIP_BORN_DIFFERS)
    sex = _SEXES.get(cell_text(cells.get("sex")).casefold().strip(". "))
    if sex and entry.nip[14] in "12" and entry.nip[14] != sex:
        entry.warn(Reason.NIP_SEX_DIFFERS)


def cell_text(value: Any) -> str:
    """A cell as one line of text; what a formula could not compute counts as nothing."""
    if isinstance(value, str):
        text = tidy(value)
        return "" if text.startswith("#") or text in {"-", "–"} else text
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date | datetime) else tidy(value)


_repeated_text = lru_cache(8_192)(cell_text)  # posts, ranks and units are the same in many rows


def _text(value: Any) -> str:
    return _repeated_text(value) if isinstance(value, str) else cell_text(value)


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
    if nip.warnings:
        entry.warnings = (*entry.warnings, *(Remark(reason) for reason in nip.warnings))


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


def _read_email(entry: Entry, value: Any) -> None:
    if isinstance(value, str) and _EMAIL.fullmatch(value):
        entry.email = value.lower()  # nearly all of them
        return
    text = cell_text(value)
    if not text:
        return
    if _EMAIL.match(text):
        entry.email = text.lower()
    else:
        entry.warn(Reason.EMAIL_ODD)


def _short(entry: Entry, name: str, value: Any) -> str:
    text = _text(value)
    if len(text) > LIMITS[name]:
        text = text[: LIMITS[name]].rstrip()
        entry.warn(Reason.CUT, value=f"{text[:40]}…")
    return text

"""Which column holds what: header names in many spellings, kept as data in ``data/roster_headers.json``.

A name is known for certain when it stands in that list (or in ``roster_unread.json``, for columns nobody needs), guessed
when a telling word stands in it or when the cells below look like NIPs; what is guessed is shown before it is used.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from enggang.core.text import folded
from enggang.people.enums import StaffKind
from enggang.people.roster.sheet import Cells, Range

Columns = dict[str, int]
FIELDS = (
    "name", "name_nip", "nip", "post", "rank", "grade", "phone", "email", "kind", "unit", "born", "sex", "since",
)  # fmt: skip
CLEAN_HEADER = ("Nama", "NIP", "Jabatan", "Pangkat/Golongan", "No. HP", "Email", "Status", "Unit")
SEARCHED_ROWS = 40
SAMPLED_ROWS = 25
_SPACED = re.compile(r"\b(?:[a-z] ){2,}[a-z]\b")
_PARTS = re.compile(r"[/\n\r]|\s{2,}")  # what parts words that are printed in spaced letters
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|\*+|\d+\)")
_WORDS: tuple[tuple[str, frozenset[str]], ...] = (  # the first that fits; "nama jabatan" is a post, not a name
    ("born", frozenset({"lahir"})),
    ("sex", frozenset({"kelamin"})),
    ("since", frozenset({"tmt"})),
    ("email", frozenset({"email", "surel"})),
    ("phone", frozenset({"hp", "wa", "whatsapp", "telp", "telepon", "handphone", "ponsel"})),
    ("nip", frozenset({"nip", "nipppk", "nippppk"})),
    ("post", frozenset({"jabatan"})),
    ("rank", frozenset({"pangkat"})),
    ("grade", frozenset({"golongan", "gol"})),
    ("unit", frozenset({"unit", "opd", "skpd", "instansi", "bidang", "satker"})),
    ("kind", frozenset({"kepegawaian"})),
    ("name", frozenset({"nama"})),
)
_NIP = re.compile(r"(?<!\d)(?:19|20)\d{2}[\s.'’]*(?:\d[\s.'’]*){13}\d(?!\d)")
_NIP_WORD = re.compile(r"\b(?:ni\s*pppk|nip)\b", re.IGNORECASE)
_PERSON = re.compile(r"^[A-Za-z.,'’`\- ]{3,}$")


@cache
def _spellings() -> dict[str, str]:
    return {folded(spelling): field for field, names in _data("roster_headers.json").items() for spelling in names}


@cache
def _unread() -> frozenset[str]:
    return frozenset(map(folded, _data("roster_unread.json")["columns"]))


@cache
def _kinds() -> dict[str, StaffKind | None]:
    return {
        folded(spelling): None if kind == "unsaid" else StaffKind(kind)
        for kind, names in _data("staff_kinds.json").items()
        for spelling in names
    }


def _data(name: str) -> dict[str, list[str]]:
    text = resources.files("enggang.people.data").joinpath(name).read_text(encoding="utf-8")
    parsed: dict[str, list[str]] = json.loads(text)
    return parsed


@cache
def kind_from(text: str) -> tuple[StaffKind | None, bool]:
    """The kind of staff that a status cell names (None when it leaves it open), and whether the word is known."""
    key = folded(text)
    return _kinds().get(key), not key or key in _kinds()


@dataclass(slots=True)
class Header:
    """``row`` is its (last) row in the file from 1, 0 when there is none; ``labels`` are its texts by column."""

    row: int
    labels: list[str]
    columns: Columns = field(default_factory=dict)
    certain: bool = False

    @property
    def fingerprint(self) -> str:
        """The same for the same columns in the same order; our own column of reasons does not count."""
        keys = [key for label in self.labels if (key := folded(label)) != "alasan"]
        return hashlib.sha256("\n".join(keys).rstrip("\n").encode()).hexdigest()[:32]

    @property
    def has_nip(self) -> bool:
        return "nip" in self.columns or "name_nip" in self.columns


def spelt(cell: object) -> str | None:
    """The field of a header cell that is known for certain."""
    if not isinstance(cell, str):
        return None
    return _spellings().get(_key(cell)) or _spellings().get(_key(_ASIDE.sub(" ", cell)))


def _key(cell: str) -> str:
    """As it is looked up: ``N A M A / N I P`` is how old forms print words in spaced letters."""
    parts = (_SPACED.sub(lambda word: word[0].replace(" ", ""), folded(part)) for part in _PARTS.split(cell))
    return " ".join(filter(None, parts))


def is_header_word(cell: object) -> bool:
    return isinstance(cell, str) and (spelt(cell) is not None or _key(_ASIDE.sub(" ", cell)) in _unread())


def _guessed(cell: object) -> str | None:
    words = set(_key(cell).split()) if isinstance(cell, str) and len(cell) <= 60 else set()
    return next((name for name, telling in _WORDS if words & telling), None)


def columns_of(cells: Sequence[Any]) -> Columns | None:
    """The columns of a header row, or None when this row is none: it needs the name and one column more."""
    found: Columns = {}
    for index, cell in enumerate(cells):
        if name := spelt(cell):
            _note(found, name, index, str(cell))
    return found if _is_enough(found) else None


def _note(found: Columns, name: str, index: int, label: str) -> None:
    """The first column of a name counts; only a new NIP goes before an old one."""
    if name == "nip" and "baru" in folded(label).split():
        found[name] = index
    found.setdefault(name, index)


def _is_enough(found: Mapping[str, int]) -> bool:
    return "name_nip" in found or ("name" in found and len(found) > 1)


def find_header(head: Sequence[Cells], merged: Iterable[Range] = ()) -> Header | None:
    """The header among the first rows of a sheet: spelt out, else guessed, else (without one) told by the cells."""
    spread = [list(cells) for cells in head]
    _spread(spread, merged)
    for number, cells in enumerate(spread):
        if columns_of(cells):
            return _with_second_row(spread, number)
    return _guess_header(spread) or _guess_without(spread)


def _spread(rows: list[Cells], merged: Iterable[Range]) -> None:
    """What stands in a merged cell, in every cell it covers."""
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = rows[top][left]


def _with_second_row(rows: list[Cells], number: int) -> Header:
    """A header may have two rows: ``Pangkat`` above ``Gol`` and ``TMT``."""
    upper = rows[number]
    lower = rows[number + 1] if number + 1 < len(rows) else []
    if not _is_second_row(upper, lower):
        return _read(Header(number + 1, _labels(upper)))
    labels = [
        _joined(over, under) for over, under in zip(upper, [*lower, *[""] * (len(upper) - len(lower))], strict=False)
    ]
    return _read(Header(number + 2, labels))


def _joined(over: object, under: object) -> str:
    """The lower text says more where both are known, or where it stands alone."""
    above, below = _label(over), _label(under)
    if not below or below == above:
        return above
    return below if spelt(below) or not above else f"{above} {below}"


def _is_second_row(upper: Cells, lower: Cells) -> bool:
    filled = [(index, cell) for index, cell in enumerate(lower) if cell not in {"", None}]
    fresh = [cell for index, cell in filled if index >= len(upper) or cell != upper[index]]
    if not filled or not all(isinstance(cell, str) for _, cell in filled):
        return False
    return (len(fresh) < len(filled) or len(filled) <= len(upper) // 2) and all(
        is_header_word(cell) or _guessed(cell) for cell in fresh
    )


def _labels(cells: Sequence[Any]) -> list[str]:
    return [_label(cell) for cell in cells]


def _label(cell: object) -> str:
    return " ".join(cell.split())[:80] if isinstance(cell, str) else ""


def _read(header: Header) -> Header:
    """Certain names first; a guess never takes the place of one. Certain is a list whose name and NIP columns are."""
    for index, label in enumerate(header.labels):
        if name := spelt(label):
            _note(header.columns, name, index, label)
    header.certain = _is_enough(header.columns) and header.has_nip
    taken = set(header.columns.values())
    for index, label in enumerate(header.labels):
        if index not in taken and not is_header_word(label) and (name := _guessed(label)):
            header.columns.setdefault(name, index)
    return header


def _guess_header(rows: list[Cells]) -> Header | None:
    """A row in which telling words stand, though none is spelt as we know it."""
    for number, cells in enumerate(rows):
        found = {name for cell in cells if (name := spelt(cell) or _guessed(cell))}
        if "name" in found and len(found) >= 3 and not any(_looks_like_nip(cell) for cell in cells):
            header = _with_second_row(rows, number)
            header.certain = False
            return header if "name" in header.columns else None
    return None


def _guess_without(rows: list[Cells]) -> Header | None:
    """A list without column names: NIPs in one column, names in another."""
    width = max(map(len, rows), default=0)
    columns = [[row[index] for row in rows if index < len(row)] for index in range(width)]
    nips = [sum(map(_looks_like_nip, cells)) for cells in columns]
    if not nips or max(nips) < 2:
        return None
    nip = nips.index(max(nips))
    people = [row for row in rows if nip < len(row) and _looks_like_nip(row[nip])]
    enough = len(people) // 2 + 1
    if sum(_holds_both(row[nip]) for row in people) >= enough:
        return _named_above(rows, {"name_nip": nip}, width)
    names = [sum(_looks_like_name(row[index]) for row in people if index < len(row)) for index in range(width)]
    names[nip] = 0
    if max(names) < enough:
        return None
    return _named_above(rows, {"name": names.index(max(names)), "nip": nip}, width)


def _named_above(rows: list[Cells], columns: Columns, width: int) -> Header:
    """With the row above the first person as labels, when it names the columns; a heading over all of them does not."""
    nip = columns.get("nip", columns.get("name_nip", 0))
    first = next(number for number, row in enumerate(rows) if nip < len(row) and _looks_like_nip(row[nip]))
    labels = _labels(rows[first - 1]) if first else []
    named = len(labels) > max(columns.values()) and all(labels[index] for index in columns.values())
    if named and len(set(labels) - {""}) > 1:
        return Header(first, labels, columns)
    return Header(0, [""] * width, columns)


def look_below(header: Header, rows: Sequence[Cells]) -> None:
    """Find the NIPs by what the cells hold, when no column is called so: beside the names, or in one cell with them."""
    if header.has_nip or not rows:
        return
    name, enough = header.columns.get("name", -1), max(1, len(rows) * 6 // 10)
    for index in range(max(map(len, rows))):
        if sum(_looks_like_nip(row[index]) for row in rows if index < len(row)) >= enough:
            if index == name:
                header.columns["name_nip"] = header.columns.pop("name")
                header.certain = True  # the number stands in the cell itself
            else:
                header.columns["nip"] = index
            return


def _looks_like_nip(cell: object) -> bool:
    if isinstance(cell, float | int):
        return 1.9e17 < cell < 2.1e17
    return isinstance(cell, str) and bool(_NIP.search(cell))


def _holds_both(cell: object) -> bool:
    """A name before or behind the NIP in one cell."""
    return isinstance(cell, str) and sum(map(str.isalpha, _NIP_WORD.sub("", cell))) >= 3


def _looks_like_name(cell: object) -> bool:
    return isinstance(cell, str) and bool(_PERSON.match(cell)) and " " in cell.strip()

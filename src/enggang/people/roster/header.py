"""Which column holds what: header names in many spellings, kept as data in ``data/roster_headers.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import chain, islice

from enggang.core.text import folded
from enggang.people.enums import StaffKind
from enggang.people.roster.sheet import Cells

Columns = dict[str, int]
FIELDS = ("name", "nip", "post", "rank", "phone", "email", "kind", "unit")
CLEAN_HEADER = ("Nama", "NIP", "Jabatan", "Pangkat/Golongan", "No. HP", "Email", "Status", "Unit")
SEARCHED_ROWS = 20


@cache
def _spellings() -> dict[str, str]:
    return {folded(spelling): field for field, names in _data("roster_headers.json").items() for spelling in names}


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


def columns_of(cells: Cells) -> Columns | None:
    """The columns of a header row, or None when this row is none: it needs the name and one column more."""
    found: Columns = {}
    for index, cell in enumerate(cells):
        field = _spellings().get(folded(str(cell))) if isinstance(cell, str) else None
        if field and field not in found:
            found[field] = index
    return found if "name" in found and len(found) > 1 else None


def find_header(rows: Iterable[Cells]) -> tuple[int, Cells, Columns, Iterator[Cells]] | None:
    """The first header row: its number in the file, its cells, its columns, and the rows that follow."""
    stream = iter(rows)
    seen = list(islice(stream, SEARCHED_ROWS))
    for number, cells in enumerate(seen, start=1):
        if columns := columns_of(cells):
            return number, cells, columns, chain(seen[number:], stream)
    return None

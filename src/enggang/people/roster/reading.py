"""A whole roster file: every sheet, its header, its people, and what else stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from enggang.people.reasons import Reason
from enggang.people.roster.choice import NO_CHOICE, Choice
from enggang.people.roster.header import (
    SAMPLED_ROWS,
    SEARCHED_ROWS,
    Columns,
    Header,
    find_header,
    kind_from,
    look_below,
)  # fmt: skip
from enggang.people.roster.lines import Judge, Line, Passed, heading_of, text_of
from enggang.people.roster.rows import Entry, read_entry
from enggang.people.roster.sheet import Cells, NotARoster, Range, Sheet, read_sheets

FILLED_DOWN = ("unit", "post", "rank", "grade", "kind")  # merged over several people, they hold for each
MANY_MERGED = 200  # at a time; no sheet made by people has more beside each other
TOLD = frozenset({Line.TOTAL, Line.HEADING, Line.SIGNATURE, Line.BELOW, Line.CONTINUED})
PASSED_KEPT = 100
_ONLY_NUMBER = re.compile(r"^\W*(?:ni\s*pppk|nip|ni)?[\W_]*\d(?:[\s.'’\-]?\d){15,19}\W*$", re.IGNORECASE)


@dataclass(slots=True)
class Page:
    """One sheet: how it was understood. ``taken`` when its people are read."""

    index: int
    name: str
    visible: bool
    header: Header | None
    taken: bool = False
    people: int = 0
    remembered: bool = False  # the columns are those that people of the agency have set before
    passed: list[Passed] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        return self.header is not None and self.header.certain and not any(each.doubtful for each in self.passed)


@dataclass(slots=True)
class Roster:
    """The list as found in the file."""

    pages: list[Page]
    entries: list[Entry]

    @property
    def is_sure(self) -> bool:
        """Whether every needed column of every sheet with a list was recognised beyond doubt."""
        return all(page.is_sure for page in self.pages if page.taken)

    @property
    def lists(self) -> dict[int, str]:
        """The sheets whose people are read, by number, with their names."""
        return {page.index: page.name for page in self.pages if page.taken}

    @property
    def from_memory(self) -> bool:
        return any(page.remembered for page in self.pages if page.taken)


def read_roster(
    content: bytes, *, today: date, choice: Choice = NO_CHOICE, remembered: Mapping[str, Columns] | None = None
) -> Roster:
    """Read every sheet that has a list. Raises NotARoster when none has.

    ``remembered`` are columns that people have set before, by the fingerprint of the header.
    """
    found = Roster([], [])
    for sheet in read_sheets(content):
        _read_sheet(sheet, found, today, choice, remembered or {})
    if not any(page.header for page in found.pages):
        raise NotARoster(
            _(
                "No row with the column names was found. The list needs a row with “Nama” and “NIP” above the names; use the template."
            )
        )
    return found


def _read_sheet(sheet: Sheet, found: Roster, today: date, choice: Choice, remembered: Mapping[str, Columns]) -> None:
    stream = iter(sheet.rows)
    head = list(islice(stream, SEARCHED_ROWS))
    header = find_header(head, sheet.merged)
    page = Page(sheet.index, sheet.name, sheet.visible, header)
    found.pages.append(page)
    if header is None:
        return
    look_below(header, head[header.row : header.row + SAMPLED_ROWS])
    chosen = choice.columns.get(sheet.index)
    page.remembered = not chosen and header.fingerprint in remembered
    _settle(header, chosen, remembered)
    page.taken = sheet.index in choice.sheets if choice.sheets is not None else sheet.visible
    if page.taken:
        rows = chain(head[header.row :], stream)
        found.entries.extend(_entries(rows, page, header, sheet.merged, today))


def _settle(header: Header, chosen: Columns | None, remembered: Mapping[str, Columns]) -> None:
    """What people have said goes before what was recognised."""
    columns = chosen or remembered.get(header.fingerprint)
    if columns:
        header.columns, header.certain = dict(columns), True


def _entries(
    rows: Iterator[Cells], page: Page, header: Header, merged: Sequence[Range], today: date
) -> Iterator[Entry]:
    judge, fill, join = Judge(header.columns), _Filler(merged, header), _Joiner()
    wanted = list(header.columns.items())
    unit, kind = "", page.name if kind_from(page.name)[0] else ""
    for number, raw in enumerate(rows, start=header.row + 1):
        line = judge(raw)
        if fill.active or fill.starts_at <= number:
            line = fill(number, raw, line)
        if join.held and line != Line.PERSON and join.is_rest({name: raw[at] for name, at in wanted if at < len(raw)}):
            line, judge.below = Line.PERSON, False  # «NIP. 1986…» below a name is no signature
        if line != Line.PERSON:
            unit = heading_of(raw) if line == Line.HEADING else unit
            _pass(page, number, raw, line)
            continue
        width = len(raw)
        cells = {name: raw[index] for name, index in wanted if index < width}
        if not cells.get("nip") and not _says_something(cells):
            continue
        if unit or kind:
            _complete(cells, unit=unit, kind=kind)
        if join.held is None and cells.get("nip"):  # nearly all of them
            page.people += 1
            yield read_entry(number, cells, today, sheet=page.index)
            continue
        for row, whole, below in join(number, cells):
            page.people += 1
            yield read_entry(row, whole, today, sheet=page.index, below=below)
    for row, whole, below in join.rest():
        page.people += 1
        yield read_entry(row, whole, today, sheet=page.index, below=below)


def _complete(cells: dict[str, Any], **outside: str) -> None:
    """What a heading or the sheet's name says holds where the row itself says nothing."""
    for name, said in outside.items():
        if said and not cells.get(name):
            cells[name] = said


def _says_something(cells: Mapping[str, Any]) -> bool:
    return any(cell.strip() if isinstance(cell, str) else cell not in {None, ""} for cell in cells.values())


def _pass(page: Page, number: int, raw: Cells, line: Line) -> None:
    if line in TOLD and len(page.passed) < PASSED_KEPT:
        page.passed.append(Passed(number, text_of(raw), line, doubtful=line == Line.BELOW))


Row = tuple[int, dict[str, Any], int]  # its number, what it says, and the number of the row below that belongs to it


class _Joiner:
    """A person written on two rows, the name above and the NIP below it, as one; every other row goes through."""

    def __init__(self) -> None:
        self.held: Row | None = None

    def __call__(self, number: int, cells: dict[str, Any]) -> list[Row]:
        """The rows that are whole now."""
        if self.held is None:
            if cells.get("nip") or not _lacks_number(cells):
                return [(number, cells, 0)]
            self.held = (number, cells, 0)
            return []
        before, self.held = self.held, None
        if number == before[0] + 1 and self.is_rest(cells, before[1]):
            return [(before[0], _joined(before[1], cells), number)]
        return [before, *self(number, cells)]

    def is_rest(self, cells: Mapping[str, Any], above: Mapping[str, Any] | None = None) -> bool:
        """Whether a row says no name of its own but the NIP of whoever stands above it."""
        above = above if above is not None else self.held[1] if self.held else {}
        if not above.get("name") and not above.get("name_nip"):
            return False
        name, nip = cells.get("name_nip") or cells.get("name"), cells.get("nip")
        return _is_number(name) if name else _is_number(nip)

    def rest(self) -> list[Row]:
        held, self.held = self.held, None
        return [held] if held else []


def _lacks_number(cells: Mapping[str, Any]) -> bool:
    name = cells.get("name_nip") or cells.get("name")
    return isinstance(name, str) and not any(char.isdigit() for char in name)


def _is_number(cell: Any) -> bool:
    """An NIP and nothing else, its label aside: as text, for a number has lost its last digits."""
    return isinstance(cell, str) and _ONLY_NUMBER.match(cell) is not None


def _joined(above: dict[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    """The upper row, and from the lower one the NIP and what the upper one leaves open."""
    name, nip = below.get("name_nip") or below.get("name"), below.get("nip")
    more = {key: cell for key, cell in below.items() if key not in {"name", "name_nip"} and not above.get(key)}
    return {**above, **more, "nip": nip or name}


class _Filler:
    """Merged cells while the rows go by: what a unit's cell says holds for every row that it covers."""

    def __init__(self, merged: Sequence[Range], header: Header) -> None:
        tall = [each for each in merged if each[1][0] > each[0][0] and each[0][0] >= header.row]
        self.coming = sorted(tall, reverse=True)
        self.starts_at: float = self.coming[-1][0][0] + 1 if self.coming else float("inf")
        self.active: list[tuple[Range, Any]] = []
        self.fills = {header.columns[name] for name in FILLED_DOWN if name in header.columns}
        self.name = header.columns.get("name", header.columns.get("name_nip", -1))

    def __call__(self, number: int, raw: Cells, line: Line) -> Line:
        """Fill the row in place; a row below a merged name goes on with the person above."""
        index = number - 1
        self.active = [each for each in self.active if each[0][1][0] >= index]
        for ((_top, left), (_bottom, _right)), value in self.active:
            if left == self.name and value not in {"", None}:
                line = Line.CONTINUED if line in {Line.PERSON, Line.BELOW} else line
            elif left in self.fills and left < len(raw) and line == Line.PERSON and raw[left] in {"", None}:
                raw[left] = value
        self._begin(index, raw)
        return line

    def _begin(self, index: int, raw: Cells) -> None:
        while self.coming and self.coming[-1][0][0] <= index:
            each = self.coming.pop()
            if each[0][0] == index and each[0][1] < len(raw) and len(self.active) < MANY_MERGED:
                self.active.append((each, raw[each[0][1]]))
        self.starts_at = self.coming[-1][0][0] + 1 if self.coming else float("inf")


def lost_nips(found: Roster) -> int:
    """How many rows have lost their NIP to Excel."""
    return sum(entry.has(Reason.NIP_LOST) for entry in found.entries)

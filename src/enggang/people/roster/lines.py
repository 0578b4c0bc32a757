"""What a row of a sheet is, when it is no person: a total, a heading within the list, a signature below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from enggang.people.roster.header import Columns, columns_of
from enggang.people.roster.sheet import Cells

_TOTALS = re.compile(r"^(?:grand\s+|sub\s*)?(?:t ?o ?t ?a ?l|j ?u ?m ?l ?a ?h)\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"^(?:mengetahui|menyetujui|mengesahkan|disahkan|diketahui|disetujui|dibuat oleh|yang membuat|pembuat daftar|hormat kami"
    r"|(?:plt|plh|pj)\b\.?\s|a\.\s?n\.|u\.\s?b\.|kepala\s|sekretaris\b|bupati\b|wali\s?kota\b|gubernur\b|camat\b|lurah\b|direktur\b"
    r"|inspektur\b|pejabat\b|ketua\b|catatan\b|keterangan\s*:|ket\.?\s*:|sumber\s*:|nb\s*[.:]|dicetak\b"
    r"|nip\s*[.:]?\s*\d|pembina\b)",
    re.IGNORECASE,
)
_PLACE_AND_DAY = re.compile(r"^[A-Z][A-Za-z. ]{2,40},\s*(?:tanggal\b|\d{1,2}\b|[.…_ ]{2,})", re.UNICODE)
_HEADING = re.compile(
    r"^(?:(?:[IVX]+|[A-Z])\.\s*)?(?:bidang|bagian|sub\s?bagian|subbag|sub\s?bidang|sekretariat|seksi|uptd?|balai|dinas|badan|kantor|biro|kecamatan"
    r"|kelurahan|puskesmas|unit|kelompok|jabatan fungsional)\b",
    re.IGNORECASE,
)
FEWEST_DIGITS = 9  # of an NIP, the old ones
_NUMBERING = re.compile(r"^(?:[IVX]+|[A-Z])\.\s*")


class Line(StrEnum):
    PERSON = "person"
    BLANK = "blank"
    TOTAL = "total"
    HEADING = "heading"
    HEADER = "header"
    NUMBERS = "numbers"
    CONTINUED = "continued"
    SIGNATURE = "signature"
    BELOW = "below"  # below the list, though no word says so


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that was left out, shown so that nobody is left out unseen. ``doubtful`` may have been a person."""

    row: int
    text: str
    why: Line
    doubtful: bool = False


class Judge:
    """Tells rows apart, one after the other: what comes after a gap, or after a signature, is read with care."""

    def __init__(self, columns: Columns) -> None:
        self.name = columns.get("name", columns.get("name_nip", -1))
        self.nip = columns.get("nip", columns.get("name_nip", -1))
        self.usual, self.people = 0, 0
        self.gap = self.below = False

    def __call__(self, raw: Cells) -> Line:
        width = len(raw)
        name = raw[self.name] if self.name < width else ""
        nip = raw[self.nip] if 0 <= self.nip < width else ""
        if name and nip and not self.below and name != nip:
            if len(str(nip)) < FEWEST_DIGITS and _TOTALS.match(str(name)):
                return Line.TOTAL
            return self._person(raw) if self.people < 20 else Line.PERSON
        if self.nip == self.name and sum(char.isdigit() for char in str(nip)) < FEWEST_DIGITS:
            nip = ""  # one column for both, and no number in it
        return self._with_care(raw, name, nip)

    def _person(self, raw: Cells) -> Line:
        if _is_numbers(raw):
            return Line.NUMBERS
        if columns_of(raw):
            return Line.HEADER
        self.people += 1
        self.usual = max(self.usual, len(_filled(raw)))
        self.gap = False
        return Line.PERSON

    def _with_care(self, raw: Cells, name: Any, nip: Any) -> Line:
        filled = _filled(raw)
        if not filled:
            self.gap = True
            return Line.BLANK
        line = self._line_of(raw, filled, nip)
        if line in {Line.SIGNATURE, Line.BELOW}:
            self.below = True
        elif line in {Line.PERSON, Line.HEADER}:
            self.below = False
        return self._person(raw) if line == Line.PERSON else line

    def _line_of(self, raw: Cells, filled: list[Any], nip: Any) -> Line:
        if columns_of(raw):
            return Line.HEADER
        texts = [text for cell in filled if (text := cell.strip() if isinstance(cell, str) else "")]
        if self.below:
            return Line.PERSON if self._is_whole(raw) else Line.SIGNATURE
        if not nip and any(map(_TOTALS.match, texts[:2])):
            return Line.TOTAL
        if self._is_signature(raw, filled, texts):
            return Line.SIGNATURE
        if not nip and len(set(texts)) == 1 == len(set(map(str, filled))) and _HEADING.match(texts[0]):
            return Line.HEADING
        return Line.BELOW if self.gap and self.usual >= 4 and len(filled) * 2 <= self.usual else Line.PERSON

    def _is_signature(self, raw: Cells, filled: list[Any], texts: list[str]) -> bool:
        """Few cells, text only, and one that begins as signatures do; a post beside a name is none."""
        if len(filled) > 4 or len(texts) < len(filled):
            return False
        name = raw[self.name] if self.name < len(raw) else ""
        telling = texts if not name else texts[:1]
        return any(map(_SIGNED.match, telling)) or any(map(_PLACE_AND_DAY.match, texts))

    def _is_whole(self, raw: Cells) -> bool:
        """A name and an NIP, each in its own column and as much beside them as usual: the list goes on."""
        width = len(raw)
        if not (0 <= self.nip < width and self.name < width and self.name != self.nip):
            return False
        digits = sum(char.isdigit() for char in str(raw[self.nip]))
        return bool(raw[self.name]) and digits >= 16 and len(_filled(raw)) * 3 >= self.usual * 2


def _filled(raw: Cells) -> list[Any]:
    return [cell for cell in raw if (cell.strip() if isinstance(cell, str) else cell is not None)]


def _is_numbers(raw: Cells) -> bool:
    """The row ``1 2 3 4`` that forms have below the header."""
    filled = [str(cell).strip("() .") for cell in _filled(raw)]
    plain = [cell.removesuffix(".0") for cell in filled]
    return len(plain) > 1 and all(cell.isdigit() and len(cell) < 3 for cell in plain)


def heading_of(raw: Cells) -> str:
    """The unit that a heading within the list names."""
    text = next(str(cell) for cell in _filled(raw))
    return _NUMBERING.sub("", " ".join(text.split()))[:200]


def text_of(raw: Cells) -> str:
    """The cells of a row that was left out, in short."""
    return " · ".join(dict.fromkeys(" ".join(str(cell).removesuffix(".0").split()) for cell in _filled(raw)))[:160]

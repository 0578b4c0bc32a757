"""People named by pasted lines: from Excel (cells parted by tabs), from WhatsApp (numbered, name and NIP on two lines).

Only reading; whether somebody has the number is asked elsewhere. Every line that was pasted stands in one entry, so
that what is sent back is exactly what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from enggang.people.names import is_same_person, name_key, tidy
from enggang.people.nip import NO_NIP, Nip, read_nip
from enggang.people.reasons import Reason

_WHOLE = re.compile(r"(?<!\d)\d{18}(?!\d)")
_SPACED = re.compile(r"(?<!\d)\d{8}[\s.\-/]{0,2}\d{6}[\s.\-/]{0,2}\d[\s.\-/]{0,2}\d{3}(?!\d)")
_SCIENTIFIC = re.compile(r"(?<![\d.,])\d(?:[.,]\d{1,16})?\s?[eE]\+?\d{2}(?!\d)")
_RUN = re.compile(r"(?<!\w)\d(?:[\s.\-/]?\d){4,40}(?!\w)")
_LONG_WORD = re.compile(r"(?<![^\W_])(?=[^\s]*\d[^\s]*\d[^\s]*\d[^\s]*\d[^\s]*\d)[^\s]{12,24}")  # 1986O9262OI5...
_NUMBERING = re.compile(r"^\s*\d{1,3}\s*[.)\t]\s*")
_LABEL = re.compile(r"\b(?:ni\s*pppk|nip(?:\s*baru)?|nama(?:\s*lengkap)?)\b\s*[.:=]*", re.IGNORECASE)
_HEADER = frozenset(
    "no nomor nama nip pegawai lengkap jabatan pangkat golongan gol unit kerja instansi baru hp".split()
)
_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Pasted:
    """What one person's line says: ``text`` as it was pasted, from line ``number`` on; ``name`` may be empty."""

    number: int
    text: str
    nip: Nip
    name: str

    @property
    def says_who(self) -> bool:
        return bool(self.nip.digits)


def read_pasted(text: str, *, today: date) -> list[Pasted]:
    """One entry per person, in order. Empty lines and a line of column names are left out."""
    return list(_joined(_lines(text, today)))


def _lines(text: str, today: date) -> Iterator[Pasted]:
    for number, line in enumerate(text.replace("\x00", "").splitlines(), 1):
        if line.strip() and not _is_header(line):
            yield _read(number, line.rstrip(), today)


def _is_header(line: str) -> bool:
    words = re.findall(r"[^\W\d_]+", line.casefold())
    return bool(words) and set(words) <= _HEADER and not re.search(r"\d", line)


def _read(number: int, line: str, today: date) -> Pasted:
    bare = _NUMBERING.sub("", line)
    found = next(filter(None, (each.search(bare) for each in (_WHOLE, _SPACED, _SCIENTIFIC, _RUN, _LONG_WORD))), None)
    if found is None:
        return Pasted(number, line, NO_NIP, _name(bare))
    return Pasted(number, line, _judged(found, today), _name(bare[: found.start()] + "\t" + bare[found.end() :]))


def _judged(found: re.Match[str], today: date) -> Nip:
    if found.re is _SCIENTIFIC:
        return Nip(error=Reason.NIP_LOST)
    return read_nip(found.group().strip(), today=today)


def _name(rest: str) -> str:
    """What is left beside the number, as far as it has letters."""
    cells = [tidy(_LABEL.sub(" ", cell)).strip(" .,:;-–—()'\"=") for cell in re.split(r"[\t;|]", rest)]
    lettered = [cell for cell in cells if re.search(r"[^\W\d_]{2}", cell)]
    return " ".join(lettered)[:_NAME_LENGTH]


def _joined(lines: Iterator[Pasted]) -> Iterator[Pasted]:
    """A name alone and on the next line a number alone are one person."""
    waiting: Pasted | None = None
    for line in lines:
        if waiting is not None and line.nip is not NO_NIP and not line.name and line.number == waiting.number + 1:
            yield Pasted(waiting.number, f"{waiting.text}\n{line.text}", line.nip, waiting.name)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = line if line.nip is NO_NIP and line.name else None
        if waiting is None:
            yield line
    if waiting is not None:
        yield waiting


def names_somebody_else(pasted: Pasted, known_key: str) -> bool:
    """Whether the line's own words and the name on record have not even one word in common."""
    if not pasted.name:
        return False
    key = name_key(pasted.name.replace(",", " "))
    return not (set(key.split()) & set(known_key.split())) and not is_same_person(key, known_key)

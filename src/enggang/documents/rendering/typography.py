"""What the shipped fonts can say, and how wide: read from the font files themselves, so it never disagrees with them.

The name on a certificate is set as large as it fits and broken where it looks best. Knowing the advance
widths beforehand lets the template be laid out once; measuring inside it would lay it out again per size.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from

from django.utils.translation import gettext as _

from enggang.core.acts import Refused

FONTS = Path(__file__).resolve().parent.parent / "fonts"
BREAK = "\u200b"  # zero-width space: a place where a line may end
NEEDED = ("PlusJakartaSans-Medium", "SourceSerif4-Italic", "SourceSerif4-Regular", "SourceSerif4-SemiBold")
LONGEST_WORD = 36
SLACK = 0.97  # advance widths leave kerning out
_TYPED_OTHERWISE = str.maketrans({"\u2011": "-", "\u00ad": None})


class Unprintable(Refused):
    """The text holds characters that none of the shipped fonts has."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        named = ", ".join(
            f"{char} (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}" for char in self.characters
        )
        super().__init__(
            _("These characters cannot be printed: %(characters)s. Write them in Latin letters.")
            % {"characters": named}
        )


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: which code points it maps, and their advance widths in thousandths of the size."""

    advances: dict[int, float]

    def width(self, text: str, size: float, tracking: float = 0.0) -> float:
        """The width in points of ``text`` at ``size`` points, ``tracking`` in ems after each character."""
        units = sum(self.advances.get(ord(char), 0.0) for char in text)
        return size * (units / 1000 + tracking * len(text))


class FontMissing(Refused):
    """A shipped font is not there: Typst would leave its text out or set it in another one, without a word."""


def require_fonts() -> None:
    """Raises FontMissing, with what to do, when the installation has lost one of its fonts."""
    missing = [name for name in NEEDED if not (FONTS / f"{name}.ttf").is_file()]
    if missing:
        text = _(
            "Fonts of this installation are missing: %(names)s. Nothing was drawn; ask the administrator to install Enggang anew."
        )
        raise FontMissing(text % {"names": ", ".join(missing)})


@cache
def face(name: str) -> Face:
    """The shipped font file ``name`` without its suffix. Raises FontMissing."""
    require_fonts()
    data = (FONTS / f"{name}.ttf").read_bytes()
    tables = _tables(data)
    units = unpack_from(">H", data, tables["head"] + 18)[0]
    metrics = unpack_from(">H", data, tables["hhea"] + 34)[0]
    advances = unpack_from(">" + "Hh" * metrics, data, tables["hmtx"])[::2]
    return Face(
        {code: advances[min(glyph, metrics - 1)] * 1000 / units for code, glyph in _characters(data, tables["cmap"])}
    )


def _tables(data: bytes) -> dict[str, int]:
    count = unpack_from(">H", data, 4)[0]
    records = (unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    return {tag.decode(): offset for tag, _checksum, offset, _length in records}


def _characters(data: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """(code point, glyph) pairs of the Unicode subtables, formats 4 and 12 of the OpenType specification."""
    count = unpack_from(">H", data, cmap + 2)[0]
    readers = {4: _segments, 12: _groups}
    for index in range(count):
        table = cmap + unpack_from(">I", data, cmap + 8 + 8 * index)[0]
        if reader := readers.get(unpack_from(">H", data, table)[0]):
            yield from reader(data, table)


def _segments(data: bytes, table: int) -> Iterator[tuple[int, int]]:
    count = unpack_from(">H", data, table + 6)[0] // 2
    column = f">{count}H"
    ends, starts, deltas, offsets = (
        unpack_from(column, data, table + start) for start in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    )
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if offsets[index]:
                place = table + 16 + 6 * count + 2 * index + offsets[index] + 2 * (code - starts[index])
                glyph = unpack_from(">H", data, place)[0]
            if glyph or not offsets[index]:
                yield code, (glyph + deltas[index]) & 0xFFFF


def _groups(data: bytes, table: int) -> Iterator[tuple[int, int]]:
    for index in range(unpack_from(">I", data, table + 12)[0]):
        first, last, glyph = unpack_from(">III", data, table + 16 + 12 * index)
        yield from ((code, glyph + code - first) for code in range(first, last + 1))


def cleaned(text: str) -> str:
    """The text as it will be printed: composed, one space between words, no invisible or control characters.

    Raises Unprintable naming every character that the text fonts lack, so that nothing vanishes from a name.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text).translate(_TYPED_OTHERWISE)
    kept = "".join(char for char in composed if unicodedata.category(char) != "Cf")
    plain = " ".join(kept.split())
    known = face("SourceSerif4-Regular").advances
    if missing := sorted({char for char in plain if ord(char) not in known}):
        raise Unprintable(missing)
    return plain


def breakable(text: str) -> str:
    """The text with places to break inside words that no line could hold; ordinary words are left alone."""
    return " ".join(BREAK.join(word) if len(word) > LONGEST_WORD else word for word in text.split(" "))


@dataclass(frozen=True, slots=True)
class Fitted:
    size: float
    lines: list[str]


def fitted(text: str, *, font: str, sizes: Sequence[float], width: float, lines: int, tracking: float = 0.0) -> Fitted:
    """``text`` at the largest of ``sizes`` (points, descending) that needs at most ``lines`` lines of ``width`` points.

    Lines are balanced: none is much shorter than the others. When even the smallest size needs more
    lines, it gets them: nothing is ever cut off.
    """
    used = face(font)
    for size in sizes:
        room = width * SLACK
        measured = _Measured(text, used, size, tracking, room)
        if len(measured.wrapped(room)) <= lines:
            break
    return Fitted(size, measured.balanced(room))


def line_count(text: str, *, font: str, size: float, width: float) -> int:
    """How many lines of ``width`` points ``text`` needs at ``size``; rather one too many than one too few."""
    return len(_Measured(text, face(font), size, 0.0, width * SLACK).wrapped(width * SLACK))


class _Measured:
    """A text cut into pieces that must stay together, with their widths at one size."""

    def __init__(self, text: str, used: Face, size: float, tracking: float, room: float) -> None:
        self.space = used.width(" ", size, tracking)
        self.pieces: list[tuple[str, str, float]] = []  # (glue before, piece, width)
        for word in text.split(" "):
            glue = " "
            for piece in _cut(word, used, size, tracking, room):
                self.pieces.append((glue, piece, used.width(piece, size, tracking)))
                glue = ""

    def wrapped(self, room: float) -> list[str]:
        rows: list[str] = []
        left = -1.0
        for glue, piece, width in self.pieces:
            needed = width + (self.space if glue else 0)
            if needed <= left:
                rows[-1] += glue + piece
                left -= needed
            else:
                rows.append(piece)
                left = room - width
        return rows

    def balanced(self, room: float) -> list[str]:
        """Broken at the narrowest width that needs no more lines than ``room`` does."""
        count = len(self.wrapped(room))
        widths = range(1, int(room) + 1)
        narrowest = bisect_left(widths, True, key=lambda width: len(self.wrapped(width)) <= count)
        return self.wrapped(float(widths[narrowest])) if narrowest < len(widths) else self.wrapped(room)


def _cut(word: str, used: Face, size: float, tracking: float, room: float) -> Iterator[str]:
    """The word, or when it is wider than a line, pieces of it that are not."""
    if used.width(word, size, tracking) <= room:
        yield word
        return
    widest = max(used.width(char, size, tracking) for char in word)
    step = max(1, int(room / widest))
    yield from (word[start : start + step] for start in range(0, len(word), step))

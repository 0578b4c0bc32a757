"""Whole rupiah: written, read, multiplied and taxed without a fraction anywhere."""

from __future__ import annotations

import re

MOST = 10**15  # rupiah; a thousand trillion: more is a slip of the hand, and the product still fits a BigInteger
LONGEST = 40  # digits that are still read, so that a number too large can be called so
FULL = 10_000  # basis points: 10,000 is all of it
_ENDING = re.compile(r",(\d{1,2}|-)$")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_GRADE = re.compile(r"\b(IV|III|II|I)\s*[/.\-]?\s*[a-eA-E]\b")


def shown(amount: int) -> str:
    """``1500000`` as ``Rp 1.500.000``, the Indonesian way in every language."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp\u00a0{abs(amount):,}".replace(",", ".")


def percent(points: int) -> str:
    """Basis points as people say them, the Indonesian way in every language: 250 is ``2,5%``."""
    return f"{points / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def read(cell: object) -> int | None:
    """The whole number in a cell of a sheet or a field: ``1.500.000``, ``Rp 1.500.000,00``, ``1500000.0``.

    None when it is none: a fraction, a minus, a word. Nothing is guessed. Whether it is more than ``MOST`` is asked by
    the caller, who can say so.
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int):
        return cell if cell >= 0 else None
    if isinstance(cell, float):
        return int(cell) if 0 <= cell <= MOST and cell == int(cell) else None
    return _read_text(str(cell))


def _read_text(text: str) -> int | None:
    plain = "".join(text.replace("Rp.", "").replace("Rp", "").replace("\u00a0", "").split()).removesuffix("-")
    ending = _ENDING.search(plain)
    if ending:
        if ending.group(1).strip("0"):
            return None
        plain = plain[: ending.start()]
    plain = plain.removesuffix(",")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= LONGEST else None


def share(amount: int, points: int) -> int:
    """``points`` basis points of an amount, the broken rupiah dropped."""
    return amount * points // FULL


def tax_on(gross: int, *, base_points: int, points: int) -> int:
    """The tax on an amount of which only ``base_points`` are taxed. Dropped once, at the end: never more than exact."""
    return gross * base_points * points // (FULL * FULL)


def grade_of(rank: str) -> str:
    """The roman grade in a rank as rosters write it: ``Penata (III/c)`` is ``III``; nothing found is empty."""
    found = _GRADE.search(rank)
    return found.group(1) if found else ""

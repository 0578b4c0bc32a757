"""Lists and recaps on paper: tables under a letterhead, as PDF. What is missing stands in red and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language

from enggang.core.text import Absent
from enggang.documents.rendering.compiler import template
from enggang.documents.rendering.letter import Head, Signing, lines_cleaned
from enggang.documents.rendering.pictures import as_svg
from enggang.documents.rendering.typography import breakable
from enggang.documents.rendering.wording import spaced_nip

DRAWING = "listing/1"


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is the share of a column of words; a column of numbers is as wide as its longest."""

    label: str
    number: bool = False
    width: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A table, its ``Absent`` cells in red; ``empty`` is what stands in its place when it has no rows."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    empty: str = "–"
    height: int = 0  # millimetres of each row, for stamps and signatures; 0: as high as its text


@dataclass(frozen=True, slots=True)
class Listing:
    title: str
    about: Sequence[str]
    head: Head
    sections: Sequence[Section]
    day: date
    signing: Signing | None = None
    wide: bool = field(default=False)


def render_listing(listing: Listing, *, emblem: bytes = b"") -> bytes:
    """The list as a PDF/A-3a and PDF/UA-1 file; the same list on the same day gives the same bytes.

    Raises Unprintable when no font has a character. Call it outside any transaction.
    """
    shown = bool(listing.head["emblem"] and emblem)
    data = {
        "lang": "id" if (get_language() or "id").startswith("id") else "en",
        "title": _said(listing.title),
        "about": [_said(line) for line in listing.about],
        "head": {name: [_said(line) for line in lines] for name, lines in _lines(listing.head).items()},
        "sections": [_section(each) for each in listing.sections],
        "signing": _signing(listing.signing),
        "wide": listing.wide,
        "emblem": shown,
        "day": {"year": listing.day.year, "month": listing.day.month, "day": listing.day.day},
    }
    return template(DRAWING).draw(data, listing.day, {"emblem.svg": as_svg(emblem)} if shown else None)


def _lines(head: Head) -> dict[str, list[str]]:
    return {"lines": head["lines"], "address": head["address"]}


def _said(text: str) -> str:
    return breakable(" ".join(lines_cleaned(text).split()))


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": _said(section.title),
        "empty": _said(section.empty),
        "height": section.height,
        "columns": [{"label": _said(each.label), "number": each.number, "width": each.width} for each in section.columns],
        "rows": [[[_said(cell), isinstance(cell, Absent)] for cell in row] for row in section.rows],
    }  # fmt: skip


def _signing(signing: Signing | None) -> dict[str, Any]:
    if signing is None:
        return {"title": [], "name": "", "lines": []}
    nip = signing["nip"]
    lines = [signing["rank"], f"NIP {spaced_nip(nip)}" if nip else ""]
    return {
        "title": [_said(line) for line in signing["title"]],
        "name": _said(signing["name"]),
        "lines": [line for line in lines if line],
    }

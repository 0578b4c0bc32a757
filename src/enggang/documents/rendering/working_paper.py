"""A working paper: sections of parts under a letterhead, without the cover of a report. Terms of reference, budgets, rundowns.

It is printed from what is on record at that moment and is not kept: only letters and reports are frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import cycle
from string import ascii_uppercase
from typing import Any

from enggang.documents.rendering.compiler import template
from enggang.documents.rendering.pictures import as_svg
from enggang.documents.rendering.report import check, page
from enggang.documents.report_parts import BLANK

DRAWING = "working/1"


@dataclass(frozen=True, slots=True)
class Form:
    """``lettered`` sections are A, B, C in capitals; ``wide`` paper lies on its side."""

    wide: bool = False
    lettered: bool = False


def render_working_paper(data: dict[str, Any], form: Form, *, emblem: bytes = b"") -> bytes:
    """The paper as a PDF/A-3a and PDF/UA-1 file; the same data and emblem give the same bytes, always.

    ``data`` is that of a report. Raises Unprintable when no font has a character. Call it outside any transaction.
    """
    laid = working_page(data, form)
    shown = bool(laid["head"]["emblem"] and emblem)
    for section in (*laid["sections"], *laid["annexes"]):
        section["parts"] = [_marked(part) for part in section["parts"]]
    files = {"emblem.svg": as_svg(emblem)} if shown else None
    return template(DRAWING).draw({**laid, "emblem": shown}, date.fromisoformat(data["day"]), files)


def working_page(data: dict[str, Any], form: Form) -> dict[str, Any]:
    """What the template sets; every string is text, none is markup. Annexes follow the signature, without a letter."""
    laid, letters = page(check(data)), cycle(ascii_uppercase)
    for section, told in zip(laid["sections"], data["sections"], strict=True):
        title = told["title"] if told["annex"] else f"{next(letters)}. {told['title']}"
        section["title"] = title.upper() if form.lettered else told["title"]
    body = [section for section in laid["sections"] if not section["annex"]]
    annexes = [section for section in laid["sections"] if section["annex"]]
    return {**laid, "sections": body, "annexes": annexes, "wide": form.wide}


def _marked(part: dict[str, Any]) -> dict[str, Any]:
    """Every cell with whether a fact is missing there."""
    if part["kind"] != "table":
        return part
    return {**part, "rows": [[[cell, cell == BLANK] for cell in row] for row in part["rows"]]}

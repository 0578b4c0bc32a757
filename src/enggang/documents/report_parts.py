"""What a report is made of: sections of parts, each plain data with a key, so that two versions can be compared.

A number stands in a part with the way it was counted (``method``); a part that has nothing to say is ``missing``, with the
reason, instead of a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

from django.utils.translation import gettext, override

BLANK = "(belum diisi)"  # on paper, where a fact is missing: never nothing


class Figure(TypedDict):
    key: str
    label: str
    value: str


class Column(TypedDict):
    label: str
    share: int  # of the width
    right: bool


class Row(TypedDict):
    key: str
    cells: list[str]


class Bar(TypedDict):
    label: str
    length: int  # of ``top``
    shown: str


class Part(TypedDict):
    """``kind`` is text, items, figures, table, chart, photo or missing; the other fields are those of the kind."""

    kind: str
    key: str
    title: NotRequired[str]
    text: NotRequired[str]
    method: NotRequired[str]
    items: NotRequired[list[str]]
    figures: NotRequired[list[Figure]]
    columns: NotRequired[list[Column]]
    rows: NotRequired[list[Row]]
    total: NotRequired[list[str]]
    top: NotRequired[int]
    bars: NotRequired[list[Bar]]
    sha256: NotRequired[str]
    caption: NotRequired[str]
    alt: NotRequired[str]


class Section(TypedDict):
    key: str
    title: str
    annex: bool
    parts: list[Part]


def text(key: str, words: str) -> Part:
    return {"kind": "text", "key": key, "text": words}


class Said(str):
    """A sentence of the paper, in its language, which the screen says in the language of whoever reads it."""

    __slots__ = ("message", "values")
    message: str
    values: dict[str, Any]

    @property
    def on_screen(self) -> str:
        return gettext(self.message) % self.values


def said(message: str, **values: Any) -> Said:
    """``message`` is marked with ``gettext_noop``; papers are in Indonesian, whatever the screen's language."""
    with override("id"):
        made = Said(gettext(message) % values)
    made.message, made.values = message, values
    return made


def missing(key: str, why: str) -> Part:
    """Said in the place of a part for which there is nothing on record."""
    return {"kind": "missing", "key": key, "text": why}


def items(key: str, lines: Sequence[str], title: str = "") -> Part:
    return {"kind": "items", "key": key, "title": title, "items": list(lines)}


def figures(key: str, rows: Sequence[tuple[str, str, Any]], *, method: str, title: str = "") -> Part:
    """Single numbers: (key, label, value)."""
    found: list[Figure] = [{"key": name, "label": label, "value": str(value)} for name, label, value in rows]
    return {"kind": "figures", "key": key, "title": title, "figures": found, "method": method}


def column(label: str, share: int = 2, *, right: bool = False) -> Column:
    return {"label": label, "share": share, "right": right}


def number(label: str, share: int = 1) -> Column:
    return column(label, share, right=True)


def table(
    key: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Any, Sequence[Any]]],
    *,
    method: str = "",
    title: str = "",
    total: Sequence[Any] = (),
) -> Part:
    """``rows`` are (key, cells); the key tells which row of the next version is the same one."""
    return {
        "kind": "table", "key": key, "title": title, "columns": list(columns),
        "rows": [{"key": str(name), "cells": [str(cell) for cell in cells]} for name, cells in rows],
        "total": [str(cell) for cell in total], "method": method,
    }  # fmt: skip


def chart(key: str, title: str, bars: Sequence[tuple[str, int, str]], *, top: int) -> Part:
    """Bars (label, length out of ``top``, the value as it is written); the numbers stand in a table as well."""
    found: list[Bar] = [{"label": label, "length": length, "shown": shown} for label, length, shown in bars]
    return {"kind": "chart", "key": key, "title": title, "bars": found, "top": top}


def photo(key: str, *, sha256: str, caption: str, alt: str) -> Part:
    return {"kind": "photo", "key": key, "sha256": sha256, "caption": caption, "alt": alt}


def section(key: str, title: str, parts: Sequence[Part], *, annex: bool = False) -> Section:
    return {"key": key, "title": title, "annex": annex, "parts": list(parts)}

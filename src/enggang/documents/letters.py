"""Kinds of letters: which blocks of text they have, and what can be put into them.

The engine draws letters and keeps them; what they speak of is known to the app that enrols the kind here at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import Registry


class Shape(StrEnum):
    """How a block is set: one line, paragraphs, «label: value» lines, or numbered lines."""

    LINE = "line"
    TEXT = "text"
    FACTS = "facts"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Block:
    key: str
    label: Any
    shape: Shape = Shape.TEXT
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A form that official letters have: its blocks in their order, and the template that draws them."""

    name: str
    drawing: str  # a folder of ``templates_typst``; once a letter was drawn by it, the next version gets another number
    blocks: tuple[Block, ...]
    names_people: bool = False  # else it is addressed to offices


COPIES = Block("copies", _("Copies to (Tembusan), one per line"), Shape.ITEMS)
LETTER = Layout("letter", "letter/1", (
    Block("nature", _("Nature (Sifat)"), Shape.LINE),
    Block("attachment", _("Attachment (Lampiran)"), Shape.LINE),
    Block("subject", _("Subject (Hal)"), Shape.LINE, required=True),
    Block("opening", _("Opening"), required=True),
    Block("facts", _("Facts, one “label: value” per line"), Shape.FACTS),
    Block("closing", _("Closing"), required=True),
    COPIES,
))  # fmt: skip
ASSIGNMENT = Layout("assignment", "letter/1", (
    Block("title", _("Title"), Shape.LINE, required=True),
    Block("basis", _("Basis (Dasar), one per line"), Shape.ITEMS),
    Block("task", _("Tasks (Untuk), one per line"), Shape.ITEMS, required=True),
    Block("closing", _("Closing")),
    COPIES,
), names_people=True)  # fmt: skip
DECREE = Layout("decree", "decree/1", (
    Block("title", _("Decree of whom"), Shape.LINE, required=True),
    Block("subject", _("About (Tentang)"), Shape.LINE, required=True),
    Block("considering", _("Considering (Menimbang), one per line"), Shape.ITEMS, required=True),
    Block("recalling", _("Recalling (Mengingat), one per line"), Shape.ITEMS),
    Block("decisions", _("Decisions (KESATU, KEDUA and so on), one per line"), Shape.ITEMS, required=True),
    Block("annex", _("Title of the annex with the names"), Shape.LINE),
    COPIES,
), names_people=True)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """A shipped version of a kind's text. Once letters were written from it, it is never edited: add the next one."""

    ref: str  # "invitation/1"
    name: Any
    blocks: Mapping[str, str]

    @property
    def number(self) -> int:
        return int(self.ref.rsplit("/", 1)[1])


@dataclass(frozen=True)
class LetterKind:
    """``fields`` are the placeholders: name -> (what it stands for, a value for previews)."""

    label: Any
    layout: Layout
    fields: Mapping[str, tuple[Any, str]]
    shipped: tuple[Wording, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.layout.blocks

    def sample(self) -> dict[str, str]:
        return {name: value for name, (_label, value) in self.fields.items()}


letter_kinds: Registry[LetterKind] = Registry("letter kind")

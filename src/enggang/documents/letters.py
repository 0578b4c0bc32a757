"""Kinds of letters: which blocks of text they have, and what can be put into them.

The engine draws letters and keeps them; what they speak of is known to the app that enrols the kind here at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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
    layout: str  # "letter" or "assignment"
    blocks: tuple[Block, ...]
    fields: Mapping[str, tuple[Any, str]]
    shipped: tuple[Wording, ...]

    def sample(self) -> dict[str, str]:
        return {name: value for name, (_label, value) in self.fields.items()}


letter_kinds: Registry[LetterKind] = Registry("letter kind")

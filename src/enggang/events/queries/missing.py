"""What is not on record yet, and where it is entered."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.documents.report_parts import BLANK

ABSENT = "belum ada"  # of a document

__all__ = ["ABSENT", "BLANK", "Missing"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is not on record, and the page where it is entered. ``blocks``: without it no letter is drawn."""

    text: str
    href: str
    blocks: bool = False

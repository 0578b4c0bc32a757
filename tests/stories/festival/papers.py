"""Papers as whoever audits them reads them: the words of a PDF, and which of them stand in red."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

ALARM = (0xA5, 0x12, 0x1B)  # the red of what is missing (documents/templates_typst/working)


def words_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


def red_words_of(pdf: bytes) -> str:
    """Only what is filled with the red of what is missing."""
    found: list[str] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        colour: list[tuple[int, ...]] = [()]

        def operand(name: bytes, values: Any, *_rest: Any, colour: list[tuple[int, ...]] = colour) -> None:
            if name in {b"rg", b"scn", b"sc", b"g"}:
                colour[0] = tuple(round(float(each) * 255) for each in values if not isinstance(each, str))
            elif name in {b"Tj", b"TJ"} and colour[0] == ALARM:
                found.append("")

        def text(words: str, *_rest: Any, colour: list[tuple[int, ...]] = colour) -> None:
            if colour[0] == ALARM:
                found.append(words)

        page.extract_text(visitor_operand_before=operand, visitor_text=text)
    return " ".join(" ".join(found).replace("\xa0", " ").split())

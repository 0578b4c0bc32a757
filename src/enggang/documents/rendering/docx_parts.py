"""What every DOCX paper is put together from."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from enggang.documents.rendering.typography import BREAK

CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def sheet() -> Document:
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(22)
    section.top_margin, section.bottom_margin = Mm(16), Mm(20)
    normal: Any = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    return paper


def plain(text: str) -> str:
    return text.replace(BREAK, "")


def line(paper: Document, text: str, *, bold: bool = False, size: float = 11, centred: bool = False) -> Paragraph:
    added = paper.add_paragraph()
    run = added.add_run(plain(text))
    run.bold, run.font.size = bold, Pt(size)
    if centred:
        added.alignment = CENTRE
    return added


def numbered(paper: Document, items: Iterable[str]) -> None:
    for place, item in enumerate(items, 1):
        line(paper, f"{place}.\t{item}").paragraph_format.left_indent = Mm(8)


def saved(paper: Document, title: str) -> bytes:
    out = io.BytesIO()
    paper.core_properties.title = plain(title)[:250]
    paper.core_properties.author = ""
    paper.save(out)
    return out.getvalue()

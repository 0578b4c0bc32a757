"""What every DOCX paper is put together from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table
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


def columns(table: Table, *widths: int) -> None:
    """Give a table the widths of its columns; the grid as well, which some programs read instead of the cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def letterhead(paper: Document, head: Mapping[str, Any], emblem: bytes) -> None:
    """The emblem and the lines of whoever writes, with a rule below."""
    if emblem and head["emblem"]:
        picture = paper.add_paragraph()
        picture.alignment = CENTRE
        picture.add_run().add_picture(io.BytesIO(emblem), height=Mm(20))
    for text in head["lines"]:
        line(paper, text, bold=True, size=13, centred=True).paragraph_format.space_after = Pt(0)
    for text in head["address"]:
        line(paper, text, size=9, centred=True).paragraph_format.space_after = Pt(0)
    line(paper, "─" * 40, centred=True)


def saved(paper: Document, title: str) -> bytes:
    out = io.BytesIO()
    paper.core_properties.title = plain(title)[:250]
    paper.core_properties.author = ""
    paper.save(out)
    return out.getvalue()

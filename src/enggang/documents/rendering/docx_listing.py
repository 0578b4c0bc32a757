"""The same list as a DOCX file, for those who must edit it: letterhead, tables, signature, in the order of the PDF."""

from __future__ import annotations

import io
from typing import Any

from docx.document import Document
from docx.shared import Mm, Pt, RGBColor

from enggang.core.text import Absent
from enggang.documents.rendering.docx_parts import CENTRE, line, plain, saved, sheet
from enggang.documents.rendering.listing import Listing, Section
from enggang.documents.rendering.wording import spaced_nip

ALARM = RGBColor(0xA5, 0x12, 0x1B)
SIGNING_INDENT = Mm(84)


def render_listing_docx(listing: Listing, *, emblem: bytes = b"") -> bytes:
    paper = sheet()
    _head(paper, listing, emblem)
    line(paper, listing.title, bold=True, size=14, centred=True)
    for text in listing.about:
        line(paper, text, centred=True)
    for section in listing.sections:
        _section(paper, section)
    _signature(paper, listing)
    return saved(paper, listing.title)


def _head(paper: Document, listing: Listing, emblem: bytes) -> None:
    if emblem and listing.head["emblem"]:
        picture = paper.add_paragraph()
        picture.alignment = CENTRE
        picture.add_run().add_picture(io.BytesIO(emblem), height=Mm(20))
    for text in listing.head["lines"]:
        line(paper, text, bold=True, size=13, centred=True).paragraph_format.space_after = Pt(0)
    for text in listing.head["address"]:
        line(paper, text, size=9, centred=True).paragraph_format.space_after = Pt(0)
    line(paper, "─" * 40, centred=True)


def _section(paper: Document, section: Section) -> None:
    line(paper, section.title, bold=True)
    if not section.rows:
        line(paper, section.empty)
        return
    table = paper.add_table(rows=1, cols=len(section.columns))
    table.style = "Table Grid"
    for cell, column in zip(table.rows[0].cells, section.columns, strict=True):
        _write(cell, column.label, bold=True)
    for row in section.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _write(cell, text)
    paper.add_paragraph()


def _write(cell: Any, text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(plain(text))
    run.font.size, run.bold = Pt(9.5), bold
    if isinstance(text, Absent):
        run.font.color.rgb, run.bold = ALARM, True


def _signature(paper: Document, listing: Listing) -> None:
    signing = listing.signing
    if signing is None:
        return
    nip = f"NIP {spaced_nip(signing['nip'])}" if signing["nip"] else ""
    for text in [*signing["title"], "", "", "", signing["name"], signing["rank"], nip]:
        below = line(paper, text, bold=bool(text) and text == signing["name"])
        below.paragraph_format.left_indent, below.paragraph_format.space_after = SIGNING_INDENT, Pt(0)

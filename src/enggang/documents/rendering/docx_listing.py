"""The same list as a DOCX file, for those who must edit it: letterhead, tables, signature, in the order of the PDF."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.shared import Mm, Pt, RGBColor

from enggang.core.text import Absent
from enggang.documents.rendering.docx_parts import letterhead, line, plain, saved, sheet
from enggang.documents.rendering.listing import Listing, Section
from enggang.documents.rendering.wording import spaced_nip

ALARM = RGBColor(0xA5, 0x12, 0x1B)
SIGNING_INDENT = Mm(84)


def render_listing_docx(listing: Listing, *, emblem: bytes = b"") -> bytes:
    paper = sheet()
    letterhead(paper, listing.head, emblem)
    line(paper, listing.title, bold=True, size=14, centred=True)
    for text in listing.about:
        line(paper, text, centred=True)
    for section in listing.sections:
        _section(paper, section)
    _signature(paper, listing)
    return saved(paper, listing.title)


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

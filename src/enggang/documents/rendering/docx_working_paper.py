"""The same working paper as a DOCX file, for those who must edit it."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT

from enggang.documents.rendering.docx_parts import letterhead, line, saved, sheet
from enggang.documents.rendering.docx_report import write_section, write_signature
from enggang.documents.rendering.working_paper import Form, working_page


def render_working_docx(data: dict[str, Any], form: Form, *, emblem: bytes = b"") -> bytes:
    laid = working_page(data, form)
    paper = sheet()
    if form.wide:
        section = paper.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    letterhead(paper, laid["head"], emblem)
    if laid["mark"]:
        line(paper, laid["mark"], bold=True, centred=True)
    line(paper, laid["title"].upper(), bold=True, size=14, centred=True)
    for words in laid["subtitle"]:
        line(paper, words, bold=True, centred=True)
    for each in laid["sections"]:
        write_section(paper, each, {})
    if laid["signing"]:
        write_signature(paper, laid)
    if laid["annexes"]:
        paper.add_page_break()  # type: ignore[no-untyped-call]
    for each in laid["annexes"]:
        write_section(paper, each, {})
    return saved(paper, laid["title"])

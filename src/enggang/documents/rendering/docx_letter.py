"""The same letter as a DOCX file, for those who must edit it. Only the PDF is the issued paper."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt

from enggang.documents.rendering.docx_parts import columns, letterhead, line, numbered, plain, saved, sheet
from enggang.documents.rendering.letter import check, page

SIGNING_INDENT = Mm(84)
PEOPLE = ("No.", "Nama", "NIP", "Jabatan dalam panitia", "Bagian")  # of a decree's annex


def render_docx(data: dict[str, Any], *, emblem: bytes = b"") -> bytes:
    """The letter as DOCX: head, parts, signature, copies and the list of addressees, in the order of the PDF."""
    letter = check(data)
    laid = page(letter)
    paper = sheet()
    if laid["mark"]:
        line(paper, laid["mark"], bold=True, centred=True)
    letterhead(paper, laid["head"], emblem)
    _BODIES[laid["layout"]](paper, laid)
    if laid["listed"]:
        _listed(paper, laid)
    return saved(paper, laid["title"])


def _pairs(paper: Document, rows: Iterable[Iterable[str]]) -> None:
    table = paper.add_table(rows=0, cols=2)
    for name, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = plain(name), f": {plain(value)}" if name else plain(value)
        for cell in cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    columns(table, Mm(36), Mm(124))
    paper.add_paragraph()


def _letter(paper: Document, laid: dict[str, Any]) -> None:
    blocks = laid["blocks"]
    line(paper, f"{laid['head']['city']}, {laid['dated']}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    meta = [("Nomor", laid["number"]), ("Sifat", blocks["nature"]), ("Lampiran", blocks["attachment"])]
    _pairs(paper, [row for row in [*meta, ("Hal", blocks["subject"])] if row[1]])
    line(paper, "Yth.")
    if laid["listed"]:
        line(paper, "(daftar terlampir)")
    else:
        numbered(paper, [", ".join(part for part in row if part) for row in laid["to"]])
    for text in blocks["opening"]:
        line(paper, text)
    _pairs(paper, blocks["facts"])
    for text in blocks["closing"]:
        line(paper, text)
    _signature(paper, laid, [])


def _assignment(paper: Document, laid: dict[str, Any]) -> None:
    blocks = laid["blocks"]
    line(paper, blocks["title"].upper(), bold=True, size=14, centred=True)
    line(paper, f"Nomor: {laid['number']}", centred=True)
    if blocks["basis"]:
        line(paper, "Dasar:")
        numbered(paper, blocks["basis"])
    line(paper, "MENUGASKAN", bold=True, centred=True)
    line(paper, "Kepada:")
    for place, person in enumerate(laid["persons"], 1):
        line(paper, f"{place}. {person['name']}", bold=True)
        _pairs(paper, person["facts"])
    line(paper, "Untuk:")
    numbered(paper, blocks["task"])
    for text in blocks["closing"]:
        line(paper, text)
    _signature(paper, laid, _set_in(laid))


def _decree(paper: Document, laid: dict[str, Any]) -> None:
    blocks, decree = laid["blocks"], laid["decree"]
    for text in (blocks["title"], f"Nomor {laid['number']}", "tentang", blocks["subject"]):
        line(paper, text.upper(), bold=True, centred=True).paragraph_format.space_after = Pt(2)
    line(paper, f"{decree['officer']},".upper(), centred=True).paragraph_format.space_before = Pt(8)
    line(paper, "Menimbang:")
    for letter, text in zip(ascii_lowercase, blocks["considering"], strict=False):
        line(paper, f"{letter}.\t{text}").paragraph_format.left_indent = Mm(8)
    if blocks["recalling"]:
        line(paper, "Mengingat:")
        numbered(paper, blocks["recalling"])
    line(paper, "MEMUTUSKAN:", bold=True, centred=True)
    line(paper, f"Menetapkan: {blocks['title']} tentang {blocks['subject']}.".upper())
    _pairs(paper, zip(decree["ordinals"], blocks["decisions"], strict=True))
    _signature(paper, laid, _set_in(laid))
    if decree["rows"]:
        _people(paper, laid)


def _set_in(laid: dict[str, Any]) -> list[str]:
    return [f"Ditetapkan di {laid['head']['city']}", f"pada tanggal {laid['dated']}"]


def _people(paper: Document, laid: dict[str, Any]) -> None:
    blocks = laid["blocks"]
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    line(paper, f"Lampiran {blocks['title']}")
    _pairs(paper, [("Nomor", laid["number"]), ("Tanggal", laid["dated"]), ("Tentang", blocks["subject"])])
    if blocks["annex"]:
        line(paper, blocks["annex"].upper(), bold=True, centred=True)
    table = paper.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    rows = [[str(place), *cells] for place, cells in enumerate(laid["decree"]["rows"], 1)]
    for cell, text in zip(table.rows[0].cells, PEOPLE, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = plain(text)
    columns(table, Mm(10), Mm(50), Mm(40), Mm(35), Mm(25))
    paper.add_paragraph()
    _signature(paper, {**laid, "blocks": {}}, [])


def _signature(paper: Document, laid: dict[str, Any], first: list[str]) -> None:
    signing = laid["signing"]
    for text in [*first, *signing["title"], "", "", "", signing["name"], *signing["lines"]]:
        below = line(paper, text, bold=text == signing["name"])
        below.paragraph_format.left_indent, below.paragraph_format.space_after = SIGNING_INDENT, Pt(0)
    if laid["blocks"].get("copies"):
        line(paper, "Tembusan:")
        numbered(paper, laid["blocks"]["copies"])


def _listed(paper: Document, laid: dict[str, Any]) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    line(paper, "DAFTAR PENERIMA", bold=True, centred=True)
    table = paper.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("No.", "Kepada", "Instansi"), strict=True):
        cell.text = text
    for place, (office, organisation) in enumerate(laid["to"], 1):
        for cell, text in zip(table.add_row().cells, (str(place), office, organisation), strict=True):
            cell.text = plain(text)
    columns(table, Mm(10), Mm(60), Mm(90))


_BODIES = {"letter": _letter, "assignment": _assignment, "decree": _decree}

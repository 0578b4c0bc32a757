"""The same report as a DOCX file, for those who must edit it. Only the PDF is the frozen paper."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Mm, Pt, RGBColor

from enggang.documents.rendering.docx_letter import SIGNING_INDENT
from enggang.documents.rendering.docx_parts import CENTRE, line, numbered, plain, saved, sheet
from enggang.documents.rendering.photos import turned_by, without_metadata
from enggang.documents.rendering.report import Pictures, chart_png, check, page
from enggang.documents.report_parts import BLANK

ALARM = "A5121B"


def render_report_docx(data: dict[str, Any], *, emblem: bytes = b"", photos: Pictures = {}) -> bytes:  # noqa: B006 -- only read
    """The report as DOCX: cover, sections with their tables, charts as pictures, signature and annexes as in the PDF."""
    laid = page(check(data))
    paper = sheet()
    _cover(paper, laid, emblem)
    for section in laid["sections"]:
        if not section["annex"]:
            _turned(paper, section)
            write_section(paper, section, photos)
    _turned(paper, {"wide": False})
    if laid["signing"]:
        write_signature(paper, laid)
    for section in laid["sections"]:
        if section["annex"]:
            if not _turned(paper, section):
                _new_page(paper)
            write_section(paper, section, photos)
    return saved(paper, laid["title"])


def _new_page(paper: Document) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _turned(paper: Document, section: dict[str, Any]) -> bool:
    """Lay the paper on its long side for a wide section, and upright for the others: each turn begins a new page."""
    last = paper.sections[-1]
    across = last.orientation == WD_ORIENT.LANDSCAPE
    if across == section["wide"]:
        return False
    new = paper.add_section(WD_SECTION.NEW_PAGE)
    new.orientation = WD_ORIENT.LANDSCAPE if section["wide"] else WD_ORIENT.PORTRAIT
    new.page_width, new.page_height = last.page_height, last.page_width
    return True


def _cover(paper: Document, laid: dict[str, Any], emblem: bytes) -> None:
    if laid["mark"]:
        line(paper, laid["mark"], bold=True, size=16, centred=True)
    if emblem and laid["head"]["emblem"]:
        picture = paper.add_paragraph()
        picture.alignment = CENTRE
        picture.add_run().add_picture(io.BytesIO(emblem), height=Mm(28))
    for words in laid["head"]["lines"]:
        line(paper, words, bold=True, size=13, centred=True)
    line(paper, "LAPORAN KEGIATAN", bold=True, size=12, centred=True).paragraph_format.space_before = Mm(30)
    line(paper, laid["title"], bold=True, size=22, centred=True)
    for words in laid["subtitle"]:
        line(paper, words, size=12, centred=True)
    line(paper, laid["state"], centred=True).paragraph_format.space_before = Mm(40)
    line(paper, f"Data per {laid['as_of']}", size=9, centred=True)
    for words in laid["head"]["address"]:
        line(paper, words, size=9, centred=True)
    _new_page(paper)


def write_section(paper: Document, section: dict[str, Any], photos: Pictures) -> None:
    paper.add_heading(plain(section["title"]), level=1)
    for part in section["parts"]:
        if part["title"]:
            line(paper, part["title"], bold=True)
        if part["kind"] == "photo":
            _photo(paper, part, photos)
        else:
            _DRAWN[part["kind"]](paper, part)
        if part["method"]:
            line(paper, f"Cara menghitung: {part['method']}", size=8.5)


def _paragraphs(paper: Document, part: dict[str, Any]) -> None:
    for words in part["paragraphs"]:
        run = line(paper, words).runs[0]
        if part["kind"] == "missing":  # in red, as in the PDF
            run.bold, run.font.color.rgb = True, RGBColor.from_string(ALARM)


def _items(paper: Document, part: dict[str, Any]) -> None:
    numbered(paper, part["items"])


def _figures(paper: Document, part: dict[str, Any]) -> None:
    rows = [[row["label"], row["value"]] for row in part["figures"]]
    _grid(paper, ["Uraian", "Jumlah"], rows, [3, 1], [False, True])


def _table(paper: Document, part: dict[str, Any]) -> None:
    columns = part["columns"]
    rows = [*part["rows"], part["total"]] if part["total"] else part["rows"]
    header, shares = [each["label"] for each in columns], [each["share"] for each in columns]
    right = [each["right"] for each in columns]
    _grid(paper, header, [[_whole(cell) for cell in row] for row in rows], shares, right)


def _whole(cell: str) -> str:
    """An amount is never parted from its «Rp»."""
    return cell.replace("Rp ", "Rp\u00a0")


def _grid(
    paper: Document, header: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int], right: Sequence[bool]
) -> None:
    """Written as XML at once: the library's way, cell by cell, takes half a minute for some thousand cells."""
    width = _width(paper).twips
    widths = [int(width * share / sum(shares)) for share in shares]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(_row(cells, widths, right, bold=place == 0) for place, cells in enumerate([header, *rows]))
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>'
    )
    paper.add_paragraph()._p.addprevious(table)


def _width(paper: Document) -> Emu:
    """Between the margins of the part that is being written."""
    section = paper.sections[-1]
    return Emu(int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0))


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], *, bold: bool) -> str:
    """The bold one is the header: it stands again on every page."""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/>'
        f'<w:jc w:val="{"right" if numeric else "left"}"/></w:pPr><w:r><w:rPr>{"<w:b/>" if bold else ""}{_colour(words)}<w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(plain(words))}</w:t></w:r></w:p></w:tc>'
        for words, width, numeric in zip(cells, widths, right, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if bold else ''}</w:trPr>{written}</w:tr>"


def _colour(words: str) -> str:
    return f'<w:color w:val="{ALARM}"/>' if words == BLANK else ""


def _chart(paper: Document, part: dict[str, Any]) -> None:
    _picture(paper, chart_png(part["source"]), alt=part["alt"], width=Mm(150))


def _photo(paper: Document, part: dict[str, Any], photos: Pictures) -> None:
    if content := photos.get(part["sha256"]):
        shape = _picture(paper, without_metadata(content), alt=part["alt"], width=Mm(120))
        if turned := turned_by(content):
            shape._inline.graphic.graphicData.pic.spPr.xfrm.set("rot", str(turned * 60_000))
    line(paper, part["caption"], size=9, centred=True)


def _picture(paper: Document, content: bytes, *, alt: str, width: int) -> Any:
    added = paper.add_paragraph()
    added.alignment = CENTRE
    shape: Any = added.add_run().add_picture(io.BytesIO(content), width=width)
    shape._inline.docPr.set("descr", alt)
    return shape


def write_signature(paper: Document, laid: dict[str, Any]) -> None:
    signing, city = laid["signing"], laid["head"]["city"]
    first = f"{city}, {laid['dated']}" if city else laid["dated"]
    for words in [first, *signing["title"], "", "", "", signing["name"], *signing["lines"]]:
        below = line(paper, words, bold=words == signing["name"])
        below.paragraph_format.left_indent, below.paragraph_format.space_after = SIGNING_INDENT, Pt(0)


_DRAWN = {
    "text": _paragraphs, "missing": _paragraphs, "items": _items, "figures": _figures, "table": _table, "chart": _chart,
}  # fmt: skip

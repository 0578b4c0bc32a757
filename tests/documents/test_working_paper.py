"""Working papers and decrees as the engine draws them, and the numbers in words that they need."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from enggang.documents.domain.letters import preview
from enggang.documents.letters import letter_kinds
from enggang.documents.rendering.docx_working_paper import render_working_docx
from enggang.documents.rendering.schema import Misshapen
from enggang.documents.rendering.wording import spelled
from enggang.documents.rendering.working_paper import Form, render_working_paper, working_page
from enggang.documents.report_parts import BLANK, column, items, missing, section, table, text
from tests.training.factories import make_agency


def data(**more: Any) -> dict[str, Any]:
    parts = [
        text("t", "Uraian *apa adanya* #x"), items("i", ["satu", "dua"], "Daftar"), missing("m", "Belum ada."),
        table("r", [column("Nama"), column("Nilai", right=True)], [(1, ["A", BLANK]), (2, ["B", "2"])], total=["J", "2"]),
    ]  # fmt: skip
    return {
        "title": "Kerangka acuan", "subtitle": ["Acara"], "mark": "", "version": 0, "as_of": "hari ini",
        "day": "2026-01-02", "head": {"lines": ["Dinas"], "address": [], "city": "Mempawah", "emblem": ""},
        "sections": [section("a", "Latar", parts), section("b", "Penutup", [text("c", "Selesai.")])], **more,
    }  # fmt: skip


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_pdf_and_the_docx_say_the_same() -> None:
    said = words_of(render_working_paper(data(), Form(lettered=True)))
    paper = docx.Document(io.BytesIO(render_working_docx(data(), Form(lettered=True))))
    cells = " ".join(cell.text for row in paper.tables[0].rows for cell in row.cells)
    paragraphs = " ".join(each.text for each in paper.paragraphs)
    for words in ("A. LATAR", "B. PENUTUP", "Uraian *apa adanya* #x", "Belum ada.", "Selesai."):
        assert words in said
        assert words in paragraphs
    assert BLANK in said
    assert BLANK in cells


def test_annexes_follow_the_signature_on_a_page_of_their_own() -> None:
    signed = {"title": ["Kepala Dinas"], "name": "Contoh Kepala", "rank": "", "nip": ""}
    chapters = [
        section("a", "Penutup", [text("t", "Selesai.")]),
        section("b", "Lampiran", [items("i", ["satu"])], annex=True),
    ]
    facts = data(sections=chapters, signing=signed)
    pages = [
        page.extract_text() for page in PdfReader(io.BytesIO(render_working_paper(facts, Form(lettered=True)))).pages
    ]
    assert len(pages) == 2
    assert "A. PENUTUP" in pages[0]
    assert "Contoh Kepala" in pages[0]
    assert "LAMPIRAN" in pages[1]
    paper = docx.Document(io.BytesIO(render_working_docx(facts, Form(lettered=True))))
    told = [each.text for each in paper.paragraphs]
    assert told.index("Contoh Kepala") < told.index("LAMPIRAN")


def test_a_checksum_is_copied_as_it_is() -> None:
    """It is broken at the end of a line without a character of its own."""
    checksum = "69a3669e470e05313ae2a9fa7c44872a92be3ba9c23f8dc72f1c8c0dd1a0be87"
    facts = data(sections=[section("a", "Latar", [text("t", f"{'kata ' * 14}SHA-256 {checksum}.")])])
    said = PdfReader(io.BytesIO(render_working_paper(facts, Form()))).pages[0].extract_text()
    assert checksum not in said.replace("\n", " ")  # it did not fit on one line
    assert checksum in said.replace("\n", "")


def test_a_wide_paper_lies_on_its_side() -> None:
    box = PdfReader(io.BytesIO(render_working_paper(data(), Form(wide=True)))).pages[0].mediabox
    page = docx.Document(io.BytesIO(render_working_docx(data(), Form(wide=True)))).sections[0]
    assert box.width > box.height
    assert (page.page_width or 0) > (page.page_height or 0)


def test_sections_are_lettered_only_where_the_form_says_so() -> None:
    titles = [[each["title"] for each in working_page(data(), Form(lettered=it))["sections"]] for it in (True, False)]
    assert titles == [["A. LATAR", "B. PENUTUP"], ["Latar", "Penutup"]]


def test_what_is_no_paper_is_refused() -> None:
    with pytest.raises(Misshapen):
        render_working_paper(data(day="kapan"), Form())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["invitation", "assignment", "permit", "committee", "guests"])
def test_every_shipped_wording_can_be_previewed(kind: str) -> None:
    wording = letter_kinds[kind].shipped[0]
    assert "SPESIMEN" in words_of(preview(make_agency(), kind, dict(wording.blocks), None))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (1_000_000_000, "satu miliar"), (2_500_000_000_000, "dua triliun lima ratus miliar"),
        (35_000_000, "tiga puluh lima juta"),
    ],
)  # fmt: skip
def test_amounts_in_words(number: int, words: str) -> None:
    assert spelled(number) == words

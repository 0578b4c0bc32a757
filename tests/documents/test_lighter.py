"""A smaller copy of a paper: what goes, what stays to be seen, and what hostile files get."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from enggang.documents.rendering import lighter
from enggang.documents.rendering.lighter import CannotRead, lighter_pdf

SAYS = "Salinan untuk diunggah (bukan aslinya)"


def scan(width: int = 1240, height: int = 1754, mode: str = "RGB") -> Image.Image:
    """A page of coarse noise: large as a file at any size, as a scan is."""
    small = Image.frombytes("L", (width // 4, height // 4), random.Random(1).randbytes((width // 4) * (height // 4)))
    return small.resize((width, height)).convert(mode)


def as_pdf(*pages: Image.Image, **how: Any) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=300, **how)
    return out.getvalue()


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pages_of(content: bytes | None) -> list[Any]:
    assert content is not None
    return list(PdfReader(io.BytesIO(content)).pages)


def test_a_large_scan_becomes_small_and_says_on_every_page_what_it_is() -> None:
    paper = as_pdf(scan(2480, 3508), scan(2480, 3508), quality=95)
    copy = lighter_pdf(paper, 900_000, says=SAYS)
    assert len(paper) > 4_000_000
    assert copy is not None
    assert len(copy) <= 900_000
    assert [SAYS in page.extract_text() for page in pages_of(copy)] == [True, True]
    before, after = pages_of(paper)[0].mediabox, pages_of(copy)[0].mediabox
    assert [round(float(each), 1) for each in after] == [round(float(each), 1) for each in before]


def test_the_pictures_are_no_coarser_than_is_needed() -> None:
    paper = as_pdf(scan(2480, 3508), quality=95)
    sizes = [
        max(pages_of(lighter_pdf(paper, most, says=SAYS))[0].images[0].image.size) for most in (1_500_000, 500_000)
    ]
    assert sizes == [2400, 1400]


def test_attachments_go_before_any_picture_is_touched() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(as_pdf(scan(2480, 3508), quality=60))))
    plain = len(written(writer))
    writer.add_attachment("data.bin", random.Random(2).randbytes(3_000_000))
    copy = lighter_pdf(written(writer), plain + 10_000, says=SAYS)
    assert dict(PdfReader(io.BytesIO(copy or b"")).attachments) == {}
    assert pages_of(copy)[0].images[0].image.size == (2480, 3508)


def test_a_small_code_keeps_every_dot() -> None:
    code = scan(300, 300)
    copy = pages_of(lighter_pdf(as_pdf(code, scan(2480, 3508), quality=95), 600_000, says=SAYS))
    assert copy[0].images[0].image.size == (300, 300)


@pytest.mark.parametrize("mode", ["1", "L", "RGBA"])
def test_every_kind_of_scan(mode: str) -> None:
    paper = as_pdf(scan(2000, 2600, mode))
    copy = lighter_pdf(paper, len(paper) // 2, says=SAYS)
    assert copy is not None
    assert len(copy) <= len(paper) // 2


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_becomes_a_pdf_of_one_page(kind: str) -> None:
    out = io.BytesIO()
    scan(3000, 2000).save(out, kind)
    copy = lighter_pdf(out.getvalue(), 700_000, says=SAYS)
    (page,) = pages_of(copy)
    assert SAYS in page.extract_text()
    assert page.mediabox.width > page.mediabox.height


def test_what_cannot_be_small_enough_is_none() -> None:
    assert lighter_pdf(as_pdf(scan(1000, 1000), quality=95), 1_000, says=SAYS) is None


def test_words_that_would_end_the_line_stay_words() -> None:
    says = r"a) Tj (b \ c ( é 中"
    (page,) = pages_of(lighter_pdf(as_pdf(scan(400, 400)), 1_000_000, says=says))
    assert r"a) Tj (b \ c ( é ?" in page.extract_text()


def _locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(as_pdf(scan(100, 100)))))
    writer.encrypt("rahasia", algorithm="AES-256")
    return written(writer)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-",
        b"%PDF-1.7\n" + b"\0" * 500,
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>",
        as_pdf(scan(400, 400))[:-700],
        b"\xff\xd8\xff\xe0 no picture",
        b"GIF89a" + b"\0" * 50,
        b"PK\x03\x04" + b"\0" * 50,
    ],
)
def test_what_only_looks_like_a_paper_is_refused(content: bytes) -> None:
    with pytest.raises(CannotRead):
        lighter_pdf(content, 10, says=SAYS)


def test_a_locked_paper_is_refused() -> None:
    with pytest.raises(CannotRead):
        lighter_pdf(_locked(), 10, says=SAYS)


def test_too_many_bytes_pages_or_dots_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = as_pdf(scan(2000, 2000), scan(100, 100))
    for name, most in (("MOST_BYTES", len(paper) - 1), ("MOST_PAGES", 1), ("MOST_PIXELS", 3_000_000)):
        with monkeypatch.context() as patch:
            patch.setattr(lighter, name, most)
            with pytest.raises(CannotRead):
                lighter_pdf(paper, 1_000, says=SAYS)

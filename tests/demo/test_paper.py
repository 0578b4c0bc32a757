from __future__ import annotations

import io

import pikepdf

from enggang.demo.paper import specimen_pdf


def test_the_paper_of_the_demonstration_opens() -> None:
    with pikepdf.open(io.BytesIO(specimen_pdf())) as paper:
        assert len(paper.pages) == 1
        assert b"SPESIMEN" in paper.pages[0].Contents.read_bytes()
        assert not paper.check_pdf_syntax()

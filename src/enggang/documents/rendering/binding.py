"""Many papers as one file for the printer."""

from __future__ import annotations

import io
from collections.abc import Iterable

from pypdf import PdfReader, PdfWriter


def bound_for_duplex(papers: Iterable[bytes]) -> bytes:
    """The papers one after the other; each begins on a front side, so an odd one gets a blank page behind it.

    For printing only: the file is neither tagged nor archival, the single papers stay what they are.
    """
    writer = PdfWriter()
    for paper in papers:
        pages = PdfReader(io.BytesIO(paper)).pages
        for each in pages:
            writer.add_page(each)
        if len(pages) % 2:
            writer.add_blank_page()
    # Every paper carries the same fonts: kept once, five hundred of them still fit a stick.
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()

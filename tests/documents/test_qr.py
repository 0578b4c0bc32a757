from __future__ import annotations

import re

import segno

from enggang.documents.rendering import qr

ADDRESS = "https://enggang.example/verify/7KQ2M9XW4TH3R8"


def dark_modules(svg: str) -> set[tuple[int, int]]:
    found = re.findall(r"M(\d+) (\d+)h(\d+)v", svg)
    return {(int(x) + step, int(y)) for x, y, length in found for step in range(int(length))}


def test_the_path_draws_exactly_the_dark_modules() -> None:
    code = segno.make_qr(ADDRESS, error="m", mask=qr.MASK)
    expected = {(x, y) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark}
    assert dark_modules(qr.svg(ADDRESS)) == expected


def test_correction_is_m_or_better_and_the_code_stays_small_enough_for_27_millimetres() -> None:
    code = segno.make_qr(ADDRESS, error="m", mask=qr.MASK)
    assert code.error in {"M", "Q", "H"}
    assert 27 / code.symbol_size(border=0)[0] > 0.5  # millimetres a module


def test_an_address_cannot_leave_its_code() -> None:
    assert "<script" not in qr.svg('https://enggang.example/"><script>')

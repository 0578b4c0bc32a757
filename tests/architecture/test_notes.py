"""A note that stands below a number is not said again below a form further down the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent.parent / "src" / "enggang"
FORM = re.compile(r'{% include "core/components/form\.html"[^%]*%}')
SET = re.compile(r"\b(?:as|asvar) note\b")
STAT = "core/components/stat.html"
PAGES = sorted(path for path in SOURCE.rglob("*.html") if FORM.search(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_form_below_a_number_says_which_note_is_its_own(path: Path) -> None:
    """What a block has set stays set for every component that it includes later."""
    text = path.read_text(encoding="utf-8")
    for form in FORM.finditer(text):
        before = text[: form.start()]
        noted = max((found.end() for found in SET.finditer(before)), default=len(before))
        assert STAT not in before[noted:] or "note=" in form[0], form[0]

"""What was said of one component of a page is not said again by another further down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent.parent / "src" / "enggang"
INCLUDE = re.compile(r'{% include "core/components/(\w+)\.html"([^%]*)%}')
# What a component shows when it is set anywhere above it on the page.
SHOWN = {
    "form": {"note"},
    "stat": {"note"},
    "alert": {"title", "action_href"},
    "empty": {"action_href"},
    "confirm": {"title", "text"},
}
PAGES = sorted(path for path in SOURCE.rglob("*.html") if INCLUDE.search(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_component_says_itself_what_another_above_it_has_said(path: Path) -> None:
    """What a block has set stays set for every component that it includes later."""
    text = path.read_text(encoding="utf-8")
    includes = list(INCLUDE.finditer(text))
    for number, shown in enumerate(includes):
        for name in SHOWN.get(shown[1], set()):
            if f"{name}=" in shown[2]:
                continue
            known = max(
                (set_.end() for set_ in re.finditer(rf"\b(?:as|asvar) {name}\b", text[: shown.start()])), default=0
            )
            said = [
                each[0]
                for each in includes[:number]
                if known and each.start() >= known and name in SHOWN.get(each[1], set())
            ]
            assert said == [], (name, shown[0])

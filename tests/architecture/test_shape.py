"""Size and shape of the source, as the house wants it."""

from __future__ import annotations

import statistics

from tests.architecture import shape

LONGEST_FILE = 600
LONGEST_FUNCTION = 60
# "path:function": why it is one piece.
LONG_FOR_A_REASON: dict[str, str] = {}


def test_no_file_has_swallowed_its_neighbours() -> None:
    long = {
        str(path.relative_to(shape.ROOT)): n
        for path in shape.files("src", "tools", "bench", "tests")
        if (n := shape.length(path)) > LONGEST_FILE
    }
    assert long == {}


def test_functions_are_short() -> None:
    everything = [function for path in shape.files() for function in shape.functions(path)]
    long = {one.name: one.lines for one in everything if one.lines > LONGEST_FUNCTION}
    print(shape.summary())
    assert {name: n for name, n in long.items() if name not in LONG_FOR_A_REASON} == {}
    assert statistics.median(one.lines for one in everything) <= 8, shape.summary()
    assert shape.percentile([one.lines for one in everything], 0.9) <= 25, shape.summary()


def test_allowances_are_still_needed() -> None:
    lengths = {one.name: one.lines for path in shape.files() for one in shape.functions(path)}
    assert [name for name in LONG_FOR_A_REASON if lengths.get(name, 0) <= LONGEST_FUNCTION] == []


def test_every_silenced_lint_rule_says_why() -> None:
    places = ["src", "tools", "bench", "tests"]
    assert [line for path in shape.files(*places) for line in shape.unreasoned(path)] == []


def test_downloads_are_offered_by_the_shell_alone() -> None:
    """A page that offered them too would show each of them twice."""
    pages = (shape.ROOT / "src").rglob("*.html")
    offering = [path.name for path in pages if 'include "core/components/exports.html"' in path.read_text("utf-8")]
    assert offering == ["office.html"]


def test_a_day_is_written_as_browsers_read_it() -> None:
    """In the format of a language a field for a day stays empty: «29-11-2026» is no day to a browser."""
    bare = 'DateInput(attrs={"type": "date"})'
    assert [str(path) for path in shape.files("src") if bare in path.read_text("utf-8")] == []


def test_the_frame_alone_writes_the_heading_of_a_page() -> None:
    """A second one stands below an empty one. Who replaces the head of the page as a whole writes their own."""
    frames = {'{% extends "core/public.html" %}', '{% extends "core/office.html" %}'}
    pages = {path.name: path.read_text("utf-8") for path in (shape.ROOT / "src").rglob("*.html")}
    framed = {name: text for name, text in pages.items() if text.split("\n", 1)[0] in frames}
    own = [name for name, text in framed.items() if "<h1" in text and "block page_head" not in text]
    assert own == ["styleguide.html"]  # which shows what one looks like

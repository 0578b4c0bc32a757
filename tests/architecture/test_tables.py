"""On a phone a table becomes cards, whose numbers say nothing without the name of their column beside them."""

from __future__ import annotations

import re

import pytest

from tests.architecture.listed import FILES

TABLE = re.compile(r'<table class="table\b.*?</table>', re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<t[dh]\b[^>]*>(?:</t[dh]>)?")
SAYS = ("data-label=", "plain-cell", "actions-cell", "colspan=")
EMPTY = "<td></td>"  # below a column that is not added up


def nameless(template: str) -> list[str]:
    """The cells that stand alone on a phone: not the first of their row, without the name of their column."""
    cells = [cell for table in TABLE.findall(template) for row in ROW.findall(table) for cell in CELL.findall(row)[1:]]
    return [cell for cell in cells if not cell.startswith("<th") and cell != EMPTY and not any(s in cell for s in SAYS)]


@pytest.mark.parametrize("name", [name for name, path in FILES.items() if "<table" in path.read_text("utf-8")])
def test_every_cell_says_its_column(name: str) -> None:
    assert nameless(FILES[name].read_text("utf-8")) == []


def test_a_nameless_cell_is_noticed() -> None:
    row = '<table class="table"><tr><td>Name</td><td class="num">7</td><td data-label="Year">1</td></tr></table>'
    assert nameless(row) == ['<td class="num">']

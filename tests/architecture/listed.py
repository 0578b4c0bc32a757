"""Which pages show a list of rows, and which of them offer it as a file: read from the templates and the views.

A page is a template of the staff's shell (``core/office.html``, or one whose base is chosen at run time). It shows rows
when it, or what it includes, repeats a line of a list or a table, or turns pages. The pages of a participant, of the
public and those to be printed stand in other shells: what they show is one's own, or goes to paper.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent / "src" / "enggang"
FILES = {str(path).split("/templates/", 1)[1]: path for path in ROOT.rglob("templates/**/*.html")}
OTHER_SHELLS = {
    "core/public.html",
    "core/plain.html",
    "core/base.html",
    "events/stall_public.html",
    "media/gallery_head.html",
}
ANSWERS = {"answer_list", "answer_page"}
_EXTENDS = re.compile(r'\{%\s*extends "([^"]+)"')
_INCLUDES = re.compile(r'\{%\s*include "([^"]+)"')
_TOKENS = re.compile(r"\{%\s*(for|endfor)\b[^%]*%\}")
_ROW = re.compile(r'<tr\b|<li\b|class="(?:line|hand)\b')
_PAGED = re.compile(r"\{%\s*render_table|components/pagination\.html")


class Page(NamedTuple):
    """A function that answers with a template that shows rows."""

    view: str  # module:function
    template: str
    has_export: bool

    @property
    def name(self) -> str:
        return f"{self.view} {self.template}"


def shows_rows(name: str, seen: frozenset[str] = frozenset()) -> bool:
    if name in seen or name not in FILES:
        return False
    text = FILES[name].read_text(encoding="utf-8")
    if _PAGED.search(text) or any(_ROW.search(part) for part in _repeated(text)):
        return True
    inner = (each for each in _INCLUDES.findall(text) if not each.startswith("core/components/"))
    return any(shows_rows(each, seen | {name}) for each in inner)


def _repeated(text: str) -> Iterator[str]:
    """What stands inside a loop."""
    depth, since = 0, 0
    for token in _TOKENS.finditer(text):
        if depth:
            yield text[since : token.start()]
        depth += 1 if token[1] == "for" else -1
        since = token.end()


def is_staffs(name: str) -> bool:
    """Whether a template stands in the staff's shell, or may."""
    found = _EXTENDS.search(FILES[name].read_text(encoding="utf-8"))
    return found is None or found[1] not in OTHER_SHELLS


def pages() -> list[Page]:
    return [page for path in sorted(ROOT.rglob("views/*.py")) for page in _pages_of(path)]


def _pages_of(path: Path) -> Iterator[Page]:
    module = str(path.relative_to(ROOT).with_suffix("")).replace("/views/", ".")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            calls = [each for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)]
            offers = {each.func.id for each in calls if isinstance(each.func, ast.Name)} & ANSWERS
            for template in sorted({name for each in calls for name in _templates(each)}):
                if template in FILES and is_staffs(template) and shows_rows(template):
                    yield Page(f"{module}:{node.name}", template, bool(offers))


def _templates(call: ast.Call) -> Iterator[str]:
    """Every name of a template among the arguments, also one of two that are chosen from."""
    if isinstance(call.func, ast.Name) and call.func.id in {"render", *ANSWERS}:
        for argument in call.args[1:2]:
            for each in ast.walk(argument):
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value.endswith(".html"):
                    yield each.value

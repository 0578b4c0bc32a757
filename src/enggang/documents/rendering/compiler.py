"""One Typst compiler per process and template, fed with bytes held in memory.

The data goes in as a JSON file of the virtual folder, not through ``sys.inputs``: those belong to the
standard library's scope, and changing them throws away all that Typst remembers from the previous
document, which doubles the time of a batch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

from enggang.documents.rendering.typography import FONTS, require_fonts

TEMPLATES = Path(__file__).resolve().parent.parent / "templates_typst"
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
_ASSETS = {".typ", ".svg"}


@cache
def fonts() -> typst.Fonts:
    """The shipped fonts and no others: neither the machine's nor those inside Typst may stand in for a missing glyph.

    Raises FontMissing when the installation has lost one.
    """
    require_fonts()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@dataclass(slots=True)
class Template:
    """A folder of ``templates_typst``: its files, a compiler of its own, and the lock that compiler needs."""

    files: dict[str, bytes]
    compiler: typst.Compiler = field(default_factory=lambda: typst.Compiler(font_paths=fonts()))
    lock: Lock = field(default_factory=Lock)

    def draw(self, data: dict[str, Any], day: date, pictures: Mapping[str, bytes] | None = None) -> bytes:
        """A tagged PDF, PDF/A-3a and PDF/UA-1, dated ``day``: the same data and day give the same bytes.

        ``pictures`` are further files of the virtual folder, by the name under which the template asks for them.
        """
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        with self.lock:
            pdf = self.compiler.compile(
                input={**self.files, **(pictures or {}), "data.json": json.dumps(data).encode()},  # type: ignore[type-var]
                format="pdf",
                pdf_standards=[*STANDARDS],
                timestamp=int(moment.timestamp()),
            )
        if not isinstance(pdf, bytes):
            raise TypeError("Typst answered with something else than one PDF")
        return pdf

    def picture(self, data: dict[str, Any]) -> bytes:
        """One page as a PNG, for papers that other programs set."""
        with self.lock:
            png = self.compiler.compile(
                input={**self.files, "data.json": json.dumps(data).encode()},  # type: ignore[type-var]
                format="png",
                ppi=200.0,
            )
        if not isinstance(png, bytes):
            raise TypeError("Typst answered with something else than one page")
        return png


@cache
def template(path: str) -> Template:
    """The template at ``path``, such as ``certificate/1``. A version, once used for a real paper, is never edited."""
    files = {each.name: each.read_bytes() for each in sorted((TEMPLATES / path).iterdir()) if each.suffix in _ASSETS}
    return Template(files)

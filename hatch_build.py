"""Compile the message catalogues while building, so that nothing is built on the user's machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(source: Path) -> list[Path]:
    """Write a ``.mo`` beside every ``.po`` below `source`; answers what was written."""
    return [_compile(catalogue) for catalogue in sorted(source.glob("locale/*/LC_MESSAGES/*.po"))]


def _compile(catalogue: Path) -> Path:
    with catalogue.open("rb") as handle:
        messages = read_po(handle, locale=catalogue.parts[-3], domain=catalogue.stem)
    compiled = catalogue.with_suffix(".mo")
    # Written aside and moved, so that a running process never reads half a file; two builds at once each have their own.
    aside = compiled.with_name(f"{compiled.name}.{os.getpid()}.new")
    with aside.open("wb") as handle:
        write_mo(handle, messages)
    aside.replace(compiled)
    return compiled


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        written = compile_catalogues(root / "src" / "enggang")
        build_data["artifacts"].extend(str(path.relative_to(root)) for path in written)

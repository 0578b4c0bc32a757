"""Sizes of files and functions, and exceptions to lint rules without a reason. Run as a module to print the table."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = ["src", "tools", "bench"]
SILENCED = re.compile(r"#\s*noqa(?!: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s+-- \S)")


@dataclass(frozen=True, slots=True)
class Function:
    name: str  # path:function
    lines: int


def files(*places: str) -> Iterator[Path]:
    for place in places or PLACES:
        yield from (path for path in sorted((ROOT / place).rglob("*.py")) if "migrations" not in path.parts)


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[Function]:
    """Every function with its length from ``def`` to its last line, the docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno:
            documented = node.body[0] if ast.get_docstring(node) else None
            spoken = (documented.end_lineno or 0) - documented.lineno + 1 if documented else 0
            yield Function(f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1 - spoken)


def unreasoned(path: Path) -> list[str]:
    """Lines that silence a lint rule without naming it and giving the reason after two dashes."""
    if path.name == "apps.py":  # pyproject.toml says it once for all of them
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [f"{path.relative_to(ROOT)}:{n}" for n, line in enumerate(lines, 1) if SILENCED.search(line)]


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def summary() -> str:
    lengths = [function.lines for path in files() for function in functions(path)]
    sizes = [length(path) for path in files()]
    return (
        f"{len(lengths)} functions: median {statistics.median(lengths):g} lines, p90 {percentile(lengths, 0.9)}, "
        f"over 50 lines {sum(n > 50 for n in lengths) / len(lengths):.1%}; "
        f"{len(sizes)} files: median {statistics.median(sizes):g}, p90 {percentile(sizes, 0.9)}, longest {max(sizes)}"
    )


if __name__ == "__main__":
    print(summary())

"""Benchmarks, each beside a named rival in the same run. ``bin/bench --list`` names them; ``__main__`` runs one.

A benchmark is a module with a docstring and ``run(options) -> Result``. ``options.seconds`` is how long each side may take.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Comparison(TypedDict):
    """``ours`` and ``theirs`` are medians in ``unit``, more being better; ``expected`` is the least ratio that will do."""

    ours: float
    theirs: float
    unit: str
    expected: float
    rival: str  # printed as "with"
    ratio: NotRequired[float]


class Result(TypedDict):
    figures: dict[str, float | int | str]
    comparisons: list[Comparison]
    holds: NotRequired[bool]  # expectations beside the ratios; all of them must hold

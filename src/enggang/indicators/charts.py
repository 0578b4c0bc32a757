"""A series as a small drawing: points in a frame, drawn on the server as SVG. The table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

WIDTH, HEIGHT = 640.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 8.0, 8.0, 14.0, 22.0


class Mark(NamedTuple):
    x: float
    y: float
    label: str
    text: str


class Chart(NamedTuple):
    """``lines`` are broken where a value is unknown or a break parts the series; ``target`` is a height, ``breaks`` are x."""

    marks: list[Mark]
    lines: list[str]
    target: float | None
    breaks: list[float]
    low: float
    high: float

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"


def chart_of(
    series: Sequence[tuple[str, Decimal | None, str]], *, target: Decimal | None = None, breaks: Sequence[int] = ()
) -> Chart | None:
    """``series`` is (label, value, value as text) from left to right; ``breaks`` are places before which the series breaks.

    None when fewer than two values are known: nothing can be seen then.
    """
    known = [float(value) for _label, value, _text in series if value is not None]
    if len(known) < 2:
        return None
    ends = [*known, *([float(target)] if target is not None else [])]
    low, high = min(0.0, *ends), max(ends)
    high = high if high > low else low + 1.0

    def across(place: float) -> float:
        return LEFT + place * (WIDTH - LEFT - RIGHT) / max(1, len(series) - 1)

    def up(value: float) -> float:
        return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM)

    marks: list[Mark] = []
    runs: list[list[str]] = [[]]
    for place, (label, value, text) in enumerate(series):
        if value is None or place in breaks:
            runs.append([])
        if value is not None:
            mark = Mark(round(across(place), 1), round(up(float(value)), 1), label, text)
            marks.append(mark)
            runs[-1].append(f"{mark.x},{mark.y}")
    return Chart(
        marks, [" ".join(run) for run in runs if len(run) > 1],
        round(up(float(target)), 1) if target is not None else None,
        [round(across(place - 0.5), 1) for place in breaks if 0 < place < len(series)], low, high,
    )  # fmt: skip

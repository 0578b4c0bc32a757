"""Amounts side by side as columns, drawn on the server as SVG, with the ends of an estimate where there are some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT, TOP, GAP = 320.0, 96.0, 6.0, 0.25  # GAP: share of a column's place that is left free


class Amount(NamedTuple):
    label: str
    value: int
    low: int
    high: int
    text: str
    is_before: bool = False  # of the time that the later ones are compared with


class Column(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    middle: float
    low: float
    high: float
    amount: Amount

    @property
    def has_range(self) -> bool:
        return self.amount.low != self.amount.high


class Columns(NamedTuple):
    columns: list[Column]
    base: float

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"


def columns_of(amounts: Sequence[Amount]) -> Columns | None:
    """None when there is nothing but nothing: an empty frame says less than a sentence."""
    most = max((max(each.value, each.high) for each in amounts), default=0)
    if most <= 0:
        return None
    place = WIDTH / len(amounts)

    def up(value: float) -> float:
        return round(TOP + (1 - value / most) * (HEIGHT - TOP), 1)

    return Columns([
        Column(
            round((number + GAP / 2) * place, 1), up(each.value), round(place * (1 - GAP), 1), round(HEIGHT - up(each.value), 1),
            round((number + 0.5) * place, 1), up(each.low), up(each.high), each,
        )
        for number, each in enumerate(amounts)
    ], HEIGHT)  # fmt: skip

"""The editions of a year by stage and regency, with what is red counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from enggang.events.enums import PATH, RedKind, Stage
from enggang.events.queries.calendar import Entry
from enggang.places.models import Region

STAGES: tuple[Stage, ...] = (*PATH, Stage.CANCELLED)


@dataclass(frozen=True, slots=True)
class Square:
    """So many editions of a regency stand at a stage; ``red`` of them have something red."""

    stage: Stage
    count: int
    red: int


@dataclass(frozen=True, slots=True)
class Line:
    """A regency with its squares; ``region`` is None in the sum of all."""

    region: Region | None
    squares: list[Square]

    @property
    def count(self) -> int:
        return sum(square.count for square in self.squares)

    @property
    def red(self) -> int:
        return sum(square.red for square in self.squares)


def stages_shown(entries: Sequence[Entry]) -> list[Stage]:
    """Those that some edition stands at: an empty column says nothing."""
    here = {entry.edition.stage for entry in entries}
    return [stage for stage in STAGES if stage in here]


def lines_of(entries: Sequence[Entry]) -> list[Line]:
    """A line for each regency by its code, and the sum at the end."""
    regions = {entry.edition.event.region.pk: entry.edition.event.region for entry in entries}
    stages = stages_shown(entries)
    lines = [
        _line(region, [entry for entry in entries if entry.edition.event.region_id == pk], stages)
        for pk, region in sorted(regions.items(), key=lambda pair: pair[1].code)
    ]
    return [*lines, _line(None, entries, stages)] if lines else []


def _line(region: Region | None, entries: Sequence[Entry], stages: Sequence[Stage]) -> Line:
    count = Counter(entry.edition.stage for entry in entries)
    red = Counter(entry.edition.stage for entry in entries if entry.reds)
    return Line(region, [Square(stage, count[stage], red[stage]) for stage in stages])


def kinds_of(entries: Sequence[Entry]) -> list[tuple[RedKind, int]]:
    """How many editions have something red of each kind."""
    count = Counter(kind for entry in entries for kind in {red.kind for red in entry.reds})
    return [(kind, count[kind]) for kind in RedKind if count[kind]]

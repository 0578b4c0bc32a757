"""The calendar of the province: editions by month and by stage, with what is red about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from enggang.events.dates import ramadans
from enggang.events.enums import PATH, Stage
from enggang.events.models import Edition
from enggang.events.queries.reds import Red, reds_of


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition with what is red about it, in words."""

    edition: Edition
    reds: list[Red] = field(default_factory=list)

    @property
    def red(self) -> list[str]:
        return [red.text for red in self.reds]


@dataclass(frozen=True, slots=True)
class Month:
    number: int  # 0: no day known yet
    first: date | None
    entries: list[Entry]
    ramadan: bool = False


def entries(rows: Iterable[Edition]) -> list[Entry]:
    found = list(rows)
    reds = reds_of(found)
    return [Entry(row, reds[row.pk]) for row in found]


def months_of(year: int, found: Iterable[Entry]) -> list[Month]:
    """The twelve months; an edition stands in each month that it touches. Those without a day come last."""
    rows = list(found)
    months = [_month(year, number, rows) for number in range(1, 13)]
    undated = [row for row in rows if row.edition.starts_on is None]
    return [*months, Month(0, None, undated)] if undated else months


def _month(year: int, number: int, rows: list[Entry]) -> Month:
    first = date(year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Month(
        number, first, [row for row in rows if _touches(row.edition, first, last)], bool(ramadans(first, last))
    )


def _touches(edition: Edition, first: date, last: date) -> bool:
    if edition.starts_on is None or edition.ends_on is None:
        return False
    return edition.starts_on <= last and edition.ends_on >= first


def board_of(found: Iterable[Entry]) -> list[tuple[Stage, list[Entry]]]:
    """By stage, in their order; cancelled ones last."""
    rows = list(found)
    return [(stage, [row for row in rows if row.edition.stage == stage]) for stage in (*PATH, Stage.CANCELLED)]

"""How the employments of two records become one history by their days: nobody serves twice on a day, nothing agreed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from enggang.people.models import Employment

FOREVER = date.max


@dataclass(slots=True)
class Joined:
    """``ends``: new last days by employment (id). ``stays``: posts that will never be worked, left with the record that goes."""

    ends: dict[int, date] = field(default_factory=dict)
    stays: set[int] = field(default_factory=set)


def joined(kept: Sequence[Employment], gone: Sequence[Employment], today: date) -> Joined:
    """Fit the lasting employments of ``gone`` (present or to come) between those of ``kept``.

    Where both serve today the kept one goes on. A post of one that begins later ends what the other does until then;
    one that begins and ends within a post of the kept person is not taken over.
    """
    found = Joined()
    for row in sorted(gone, key=lambda each: (each.starts_on, each.pk)):
        others = [other for other in kept if _meet(other, row, found)]
        if row.starts_on <= today and any(other.starts_on <= today for other in others):
            found.ends[row.pk] = today
            continue
        earlier = [other for other in others if other.starts_on <= row.starts_on]
        later = min((other.starts_on for other in others if other.starts_on > row.starts_on), default=None)
        last = _day_before(later) if later else row.ends_on
        if any(other.starts_on == row.starts_on or _end(other, found) > (last or FOREVER) for other in earlier):
            found.stays.add(row.pk)
            continue
        found.ends |= {other.pk: _day_before(row.starts_on) for other in earlier}
        if later:
            found.ends[row.pk] = _day_before(later)
    return found


def _end(row: Employment, found: Joined) -> date:
    return found.ends.get(row.pk) or row.ends_on or FOREVER


def _meet(one: Employment, other: Employment, found: Joined) -> bool:
    """Whether both hold on some day; the last day itself is free."""
    return one.starts_on < _end(other, found) and other.starts_on < _end(one, found)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def lasting(rows: Iterable[Employment], today: date) -> list[Employment]:
    return [row for row in rows if row.ends_on is None or row.ends_on > today]

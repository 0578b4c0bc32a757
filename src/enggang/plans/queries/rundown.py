"""The rundown as the screens, the wall and the papers show it: clashes, the forecast of a day that runs, plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.text import folded
from enggang.plans.models import Plan, RundownDay, RundownItem
from enggang.plans.models.rundown import clock_text

LATE = timedelta(minutes=1)
NEXT = 4  # items that the wall shows as coming


@dataclass(frozen=True, slots=True)
class Clash:
    """``grave``: two things that cannot both be. Else something to be looked at, such as a gap."""

    item: RundownItem
    text: str
    grave: bool


def clashes(items: Sequence[RundownItem]) -> list[Clash]:
    """Of one day: the same person or place twice at once, and overruns and gaps within a track."""
    found = [clash for one, two in combinations(sorted(items, key=_when), 2) for clash in _both(one, two)]
    for track in by_track(items):
        for before, after in pairwise(track.items):
            gap = after.begins - before.ends
            if gap > 0:
                text = _("%(n)s minutes of pause before it.") % {"n": gap}
                found.append(Clash(after, text, False))
            elif gap < 0:
                words = {"title": before.title, "n": -gap}
                found.append(Clash(after, _("“%(title)s” runs %(n)s minutes into it.") % words, True))
    return found


def _when(row: RundownItem) -> tuple[int, int]:
    return row.begins, row.pk or 0


def _both(one: RundownItem, two: RundownItem) -> Iterable[Clash]:
    if two.begins >= one.ends:
        return
    words = {"title": one.title}
    if one.member_id is not None and one.member_id == two.member_id:
        yield Clash(two, _("%(who)s is busy with “%(title)s” then.") % {**words, "who": two.member}, True)
    if one.place and folded(one.place) == folded(two.place) and one.track != two.track:
        yield Clash(two, _("%(place)s is taken by “%(title)s” then.") % {**words, "place": two.place}, True)


@dataclass(frozen=True, slots=True)
class Track:
    name: str
    items: list[RundownItem]


def by_track(items: Iterable[RundownItem]) -> list[Track]:
    """Tracks in the order of their first item."""
    found: dict[str, list[RundownItem]] = defaultdict(list)
    for row in sorted(items, key=_when):
        found[row.track].append(row)
    return [Track(name, rows) for name, rows in found.items()]


@dataclass(frozen=True, slots=True)
class Forecast:
    """An item with the times it will have if nothing else changes; ``delay`` is against the plan, negative when early."""

    item: RundownItem
    starts: datetime
    ends: datetime
    delay: timedelta

    @property
    def delay_minutes(self) -> int:
        return round(self.delay.total_seconds() / 60)

    @property
    def is_late(self) -> bool:
        return self.delay_minutes > 0


def forecast(day: RundownDay, items: Iterable[RundownItem], now: datetime | None = None) -> list[Forecast]:
    """Track by track: what ran late pushes what follows, pauses take the push up; nothing is foreseen in the past."""
    now = now or clock.now()
    return [row for track in by_track(items) for row in _foreseen(day, track.items, now)]


def _foreseen(day: RundownDay, items: Sequence[RundownItem], now: datetime) -> list[Forecast]:
    found, free = [], None
    is_under_way = any(row.started_at for row in items)
    for row in items:
        planned, length = day.moment(row.begins), timedelta(minutes=row.minutes)
        starts = row.started_at or max(planned, free or planned, now if is_under_way and not row.is_over else planned)
        ends = row.ended_at or max(starts + length, now if row.is_running else starts)
        found.append(Forecast(row, starts, ends, starts - planned))
        free = ends
    return found


@dataclass(frozen=True, slots=True)
class WallTrack:
    name: str
    now: Forecast | None
    coming: list[Forecast]
    delay: int  # minutes; of what runs or comes next


@dataclass(frozen=True, slots=True)
class Wall:
    plan: Plan
    day: RundownDay | None
    tracks: list[WallTrack]
    at: datetime


def wall(plan: Plan, now: datetime | None = None) -> Wall:
    """What runs and what comes, of the day that is today in the plan's zone, else of the next one."""
    now = now or clock.now()
    day = plan.days.filter(date__gte=plan.today).first()
    if day is None:
        return Wall(plan, None, [], now)
    day.plan = plan
    items = list(day.items.select_related("member__person"))
    return Wall(plan, day, [_wall_track(day, track, now) for track in by_track(items)], now)


def _wall_track(day: RundownDay, track: Track, now: datetime) -> WallTrack:
    rows = _foreseen(day, track.items, now)
    running = next((row for row in rows if row.item.is_running), None)
    coming = [row for row in rows if not row.item.started_at][:NEXT]
    leading = running or (coming[0] if coming else None)
    overrun = round((running.ends - day.moment(running.item.ends)).total_seconds() / 60) if running else 0
    delay = max(overrun, leading.delay_minutes if leading else 0) if leading else 0
    return WallTrack(track.name, running, coming, delay)


def rundown_data(plan: Plan) -> dict[str, Any]:
    """Plain JSON for a paper: days with their items in order, times as text."""
    days = plan.days.prefetch_related("items__member__person")
    return {
        "title": plan.title,
        "days": [
            {
                "date": day.date.isoformat(),
                "title": day.title,
                "items": [_item_data(row) for row in sorted(day.items.all(), key=lambda row: (*_when(row), row.track))],
            }
            for day in days
        ],
    }


def _item_data(row: RundownItem) -> dict[str, Any]:
    return {
        "begins": clock_text(row.begins), "ends": clock_text(row.ends), "minutes": row.minutes, "track": row.track,
        "title": row.title, "cue": row.cue, "in_charge": str(row.member) if row.member else "", "place": row.place,
        "equipment": row.equipment, "note": row.note,
    }  # fmt: skip


def committee_data(plan: Plan) -> dict[str, Any]:
    """Plain JSON for the decree of the committee: people by section, leaders first."""
    sections: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in plan.members.with_names():
        facts = {"name": str(row), "post": row.post, "leads": row.leads, "nip": row.person.nip if row.person else ""}
        sections[row.section.name if row.section else ""].append(facts)
    return {"title": plan.title, "sections": [{"name": name, "people": rows} for name, rows in sections.items()]}

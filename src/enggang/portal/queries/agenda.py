"""The calendar of visitors: which editions fit what was asked, and how they lie in a month and on the map."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from enggang.core.wordings import Text, text_in, wordings_of
from enggang.events.enums import Stage
from enggang.events.models import Edition
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.pages import OVER, accessible, free, shown_editions
from enggang.places.models import Region
from enggang.portal.caching import looked_up
from enggang.search import fulltext

WEEK = timedelta(days=7)
NAMED = 3  # on one day of a month
EARLIEST_FIRST = ("sorts_on", "pk")


def narrowed(wanted: dict[str, Any], today: date) -> EditionQuerySet:
    """Those that fit, in the order in which they are read: the next first, of what is held the last."""
    rows = shown_editions()
    if text := wanted.get("cari"):
        found = fulltext.subjects_with("event", text)
        rows = rows.filter(event__subject__in=found) if found is not None else rows.none()
    if region := wanted.get("daerah"):
        rows = rows.filter(event__region=region)
    if kind := wanted.get("jenis"):
        rows = rows.filter(event__kind=kind)
    rows = free(rows) if wanted.get("gratis") else rows
    rows = accessible(rows) if wanted.get("akses") else rows
    return _in_time(rows, wanted.get("kapan") or "", today)


def _in_time(rows: EditionQuerySet, when: str, today: date) -> EditionQuerySet:
    month = month_of(when)
    if when == "lalu":
        over = Q(ends_on__lt=today) | Q(stage__in=OVER)
        return rows.filter(over, sorts_on__lte=today).order_by("-sorts_on", "-pk")
    if month is not None:
        rows = rows.touching(month, last_of(month))
    elif when == "kini":
        rows = rows.touching(today, today).exclude(stage=Stage.CANCELLED)
    elif when == "pekan":
        rows = rows.touching(today, today + WEEK)
    elif when != "semua":
        rows = rows.coming(today).exclude(stage__in=OVER)
    return rows.order_by(*EARLIEST_FIRST)


def month_of(text: str) -> date | None:
    """The first day of a month written as ``2027-02``; None for anything else."""
    year, _dash, month = text.partition("-")
    if not (len(text) == 7 and year.isdecimal() and month.isdecimal() and text.isascii()):
        return None
    return date(int(year), int(month), 1) if 1 <= int(month) <= 12 and 1990 <= int(year) <= 2100 else None


def last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def regions_used() -> list[tuple[str, str]]:
    """Codes and names of those that have an event."""
    return looked_up("regions of events", _regions_used)


def _regions_used() -> list[tuple[str, str]]:
    """Each regency is looked up on its own: one event is enough."""
    some = shown_editions().filter(event__region=OuterRef("pk"))
    rows = Region.objects.for_choice().filter(Exists(some)).order_by("code")
    return list(rows.values_list("code", "name"))


def in_order(rows: EditionQuerySet) -> list[Edition]:
    """A slice, read in two steps: which ones, then all that a list tells of them. The database sorts numbers only."""
    return of_keys(list(rows.values_list("pk", flat=True)))


def of_keys(wanted: Sequence[int]) -> list[Edition]:
    """In this order, with all that a list tells of them."""
    found = {row.pk: row for row in Edition.objects.filter(pk__in=wanted).with_names()}
    return [found[pk] for pk in wanted if pk in found]


# -- a month ----------------------------------------------------------------------------------------------


class Entry(NamedTuple):
    """An event on a day of the month."""

    name: Text
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Day:
    """``count`` are on at that day; ``entries`` names the first of them."""

    day: date
    inside: bool
    is_today: bool
    count: int
    entries: list[Entry]

    @property
    def more(self) -> int:
        return self.count - len(self.entries)


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    before: date
    after: date
    weeks: list[list[Day]]


class Spot(NamedTuple):
    """When an edition of a month is on."""

    pk: int
    first: date
    last: date
    stage: str


def month_read(wanted: dict[str, Any], today: date) -> tuple[date, list[Spot]]:
    """The month asked for; else this one, or that of the next event when nothing is on any more this month. With what lies
    in it, in the order in which it is read: one question for a month that has something."""
    if (asked := month_of(wanted.get("kapan") or "")) is not None:
        return asked, _spots(wanted, asked, today)
    first = today.replace(day=1)
    found = _spots(wanted, first, today)
    if any(each.last >= today and each.stage not in OVER for each in found):
        return first, found
    coming = narrowed({**wanted, "kapan": ""}, today).filter(sorts_on__gt=last_of(first)).exclude(starts_on=None)
    begins = coming.values_list("starts_on", flat=True).first()
    return (begins.replace(day=1), _spots(wanted, begins.replace(day=1), today)) if begins else (first, found)


def _spots(wanted: dict[str, Any], first: date, today: date) -> list[Spot]:
    rows = narrowed({**wanted, "kapan": f"{first:%Y-%m}"}, today).values_list("pk", "starts_on", "ends_on", "stage")
    return [Spot(pk, begins, ends, stage) for pk, begins, ends, stage in rows if begins and ends]


def month_of_spots(first: date, spots: Sequence[Spot], language: str, today: date) -> Month:
    """All are counted on their days; only the first of those that begin on one day are looked up and named."""
    counted = Counter((each.first, each.last) for each in spots)
    spans = [(*span, count) for span, count in counted.items()]
    named = _named_days(spots, language)
    weeks = [
        [_day(day, first, spans, named, today) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(first, (first - timedelta(days=1)).replace(day=1), last_of(first) + timedelta(days=1), weeks)


def _named_days(spots: Sequence[Spot], language: str) -> list[tuple[date, date, Entry]]:
    """The first ``NAMED`` of all that begin on one day: the longest, then the oldest."""
    of_day: dict[date, list[Spot]] = defaultdict(list)
    for each in spots:
        of_day[each.first].append(each)
    chosen = [
        spot for day in of_day.values()
        for spot in sorted(day, key=lambda each: (-each.last.toordinal(), each.pk))[:NAMED]
    ]  # fmt: skip
    rows = Edition.objects.filter(pk__in=[each.pk for each in chosen])
    rows_told = rows.values_list("pk", "event__name", "event__subject")
    names = {pk: (name, subject) for pk, name, subject in rows_told}
    known = wordings_of([subject for _name, subject in names.values()], language)
    told = []
    for each in sorted(chosen, key=lambda spot: (spot.first, spot.pk)):
        name, subject = names.get(each.pk, ("", 0))
        entry = Entry(text_in(known.get(subject, {}), "name", name), each.stage == Stage.CANCELLED)
        told.append((each.first, each.last, entry))
    return told


def _day(
    day: date, first: date, spans: Sequence[tuple[Any, Any, int]], named: Sequence[tuple[date, date, Entry]], today: date
) -> Day:  # fmt: skip
    inside = day.month == first.month
    count = sum(each for begins, ends, each in spans if inside and begins <= day <= ends)
    on = [entry for begins, ends, entry in named if inside and begins <= day <= ends]
    return Day(day, inside, day == today, count, on[:NAMED])

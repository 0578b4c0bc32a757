"""The calendar of visitors: which editions fit what was asked, and how they lie in a month and on the map."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from enggang.events.enums import Stage
from enggang.events.models import Event, Site
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.pages import OVER, Face, accessible, free, shown_editions
from enggang.places.enums import RegionLevel
from enggang.places.models import Region
from enggang.places.queries.regions import Map, map_of

WEEK = timedelta(days=7)
DOTS = 300
EARLIEST_FIRST = F("starts_on").asc(nulls_last=True)


def narrowed(wanted: dict[str, Any], today: date) -> EditionQuerySet:
    """Those that fit, in the order in which they are read: the next first, of what is held the last."""
    rows = shown_editions()
    if text := wanted.get("cari"):
        rows = rows.filter(event__in=_named(text))
    if region := wanted.get("daerah"):
        rows = rows.filter(event__region=region)
    if kind := wanted.get("jenis"):
        rows = rows.filter(event__kind=kind)
    rows = free(rows) if wanted.get("gratis") else rows
    rows = accessible(rows) if wanted.get("akses") else rows
    return _in_time(rows, wanted.get("kapan") or "", today)


def _named(text: str) -> Any:
    """By the Indonesian name or by one that is checked in another language."""
    words = text.replace("\x00", "")
    other = Q(
        subject__wordings__field="name", subject__wordings__state="checked", subject__wordings__text__icontains=words
    )
    return Event.objects.filter(Q(pk__in=Event.objects.named(words).values("pk")) | other).values("pk")


def _in_time(rows: EditionQuerySet, when: str, today: date) -> EditionQuerySet:
    month = month_of(when)
    if when == "lalu":
        over = Q(ends_on__lt=today) | Q(stage__in=OVER)
        return rows.filter(over).order_by(F("starts_on").desc(nulls_last=True), "-pk")
    if month is not None:
        rows = rows.touching(month, last_of(month))
    elif when == "semua":
        pass
    elif when == "kini":
        rows = rows.touching(today, today).exclude(stage=Stage.CANCELLED)
    elif when == "pekan":
        rows = rows.touching(today, today + WEEK)
    else:
        rows = rows.filter(Q(ends_on__gte=today) | Q(starts_on=None)).exclude(stage__in=OVER)
    return rows.order_by(EARLIEST_FIRST, "event__name_key", "pk")


def month_of(text: str) -> date | None:
    """The first day of a month written as ``2027-02``; None for anything else."""
    year, _dash, month = text.partition("-")
    if not (len(text) == 7 and year.isdecimal() and month.isdecimal() and text.isascii()):
        return None
    return date(int(year), int(month), 1) if 1 <= int(month) <= 12 and 1990 <= int(year) <= 2100 else None


def last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def regions_used() -> Any:
    return (
        Region.objects.for_choice().filter(pk__in=shown_editions().order_by().values("event__region")).order_by("code")
    )


# -- a month ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Day:
    """``faces`` are on at that day, ``begins`` of them begin then."""

    day: date
    inside: bool
    is_today: bool
    faces: list[Face]
    begins: list[Face]


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    before: date
    after: date
    weeks: list[list[Day]]


def month_shown(wanted: dict[str, Any], today: date) -> date:
    """The month asked for; else this one, or that of the next event when nothing is on this month."""
    if (asked := month_of(wanted.get("kapan") or "")) is not None:
        return asked
    first = today.replace(day=1)
    coming = (
        narrowed({**wanted, "kapan": ""}, today).exclude(starts_on=None).values_list("starts_on", flat=True).first()
    )
    return max(first, coming.replace(day=1)) if coming else first


def month_of_faces(first: date, faces: Sequence[Face], today: date) -> Month:
    weeks = [
        [_day(day, first, faces, today) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(first, (first - timedelta(days=1)).replace(day=1), last_of(first) + timedelta(days=1), weeks)


def _day(day: date, first: date, faces: Sequence[Face], today: date) -> Day:
    inside = day.month == first.month
    on = [
        face
        for face in faces
        if inside and face.edition.starts_on and face.edition.starts_on <= day <= (face.edition.ends_on or day)
    ]
    return Day(day, inside, day == today, on, [face for face in on if face.edition.starts_on == day])


# -- the map ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    pk: str
    name: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Dot:
    face: Face
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class AgendaMap:
    map: Map
    places: list[Place]
    dots: list[Dot]


def map_of_faces(faces: Sequence[Face]) -> AgendaMap | None:
    """How many events there are in each regency of the province of the first; None without outlines."""
    province = (
        Region.objects.filter(level=RegionLevel.PROVINCE, children__outline__isnull=False)
        .distinct()
        .order_by("code")
        .first()
    )
    drawn = map_of(province) if province else None
    if drawn is None:
        return None
    counts = Counter(face.edition.event.region_id[:5] for face in faces)
    places = [Place(shape.code, shape.code, shape.name, shape.path, counts[shape.code]) for shape in drawn.shapes]
    return AgendaMap(drawn, places, _dots(drawn, {face.edition.pk: face for face in faces}))


def _dots(drawn: Map, faces: dict[int, Face]) -> list[Dot]:
    sites: Iterable[Site] = Site.objects.filter(edition__in=faces, latitude__isnull=False).order_by("position", "pk")[
        :DOTS
    ]
    found: dict[int, Dot] = {}
    for site in sites:
        x, y = drawn.frame.place((float(site.longitude or 0), float(site.latitude or 0)))
        if site.edition_id not in found and 0 <= x <= drawn.frame.width and 0 <= y <= drawn.frame.height:
            found[site.edition_id] = Dot(faces[site.edition_id], round(x, 1), round(y, 1))
    return list(found.values())

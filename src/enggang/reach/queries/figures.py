"""What the counts say: of all public pages, and of those of one noun."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet, Sum

from enggang.core import clock
from enggang.core.models import Subject
from enggang.indicators.charts import Chart, chart_of
from enggang.places.models import Organisation
from enggang.places.models.organisation import below
from enggang.reach.enums import What
from enggang.reach.models import Count
from enggang.reach.queries.nouns import face_of

LISTED = 50
LEAST_ASKED = 3  # times that a question without an answer was asked before staff read it: rare words may be somebody's


@dataclass(frozen=True, slots=True)
class Line:
    """``key`` as it is counted, ``label`` for people."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    count: int


class Figures(NamedTuple):
    """``totals`` by what is counted; the lists are the highest first."""

    since: date
    until: date
    totals: list[tuple[str, int]]
    days: list[Day]
    chart: Chart | None
    pages: list[Line]
    calendars: list[Line]
    outside: list[Line]
    referrers: list[Line]
    searches: list[Line]


def figures_of(days: int, about: Collection[str] | None = None) -> Figures:
    """Of the last ``days`` days, today among them; ``about`` narrows to nouns by their public codes."""
    until = clock.today()
    since = until - timedelta(days=days - 1)
    rows = Count.objects.filter(day__range=(since, until))
    if about is not None:
        rows = rows.filter(about__in=about)
    sums = dict(rows.values_list("what").annotate(total=Sum("count")))
    read = _by_day(rows, since, until)
    series = [(f"{each.day:%d-%m}", each.count, str(each.count)) for each in read]
    return Figures(
        since, until, [(str(what.label), sums.get(what, 0)) for what in _told(about)], read, chart_of(_decimals(series)),
        _lines(rows, What.PAGE), _named(rows, What.CALENDAR), _named(rows, What.OUTSIDE), _lines(rows, What.REFERRER),
        unanswered(rows),
    )  # fmt: skip


def unanswered(rows: QuerySet[Count]) -> list[Line]:
    """What visitors searched for and did not find, the most asked for first."""
    return [line for line in _lines(rows, What.SEARCH) if line.count >= LEAST_ASKED]


def unanswered_lately(until: date, days: int = 7) -> list[Line]:
    """Of the days before ``until``. It holds for the whole installation: a question without an answer belongs to no agency."""
    return unanswered(Count.objects.filter(day__range=(until - timedelta(days=days), until - timedelta(days=1))))


def _told(about: Collection[str] | None) -> Iterable[What]:
    of_all = (What.REFERRER, What.SEARCH)
    return [what for what in What if about is None or what not in of_all]


def _by_day(rows: QuerySet[Count], since: date, until: date) -> list[Day]:
    found = dict(rows.filter(what=What.PAGE).values_list("day").annotate(total=Sum("count")))
    count = (until - since).days + 1
    return [Day(day, found.get(day, 0)) for day in (since + timedelta(days=n) for n in range(count))]


def _decimals(series: list[tuple[str, int, str]]) -> list[tuple[str, Decimal | None, str]]:
    return [(label, Decimal(value), text) for label, value, text in series]


def _lines(rows: QuerySet[Count], what: What) -> list[Line]:
    found = rows.filter(what=what).values_list("key").annotate(total=Sum("count")).order_by("-total", "key")[:LISTED]
    return [Line(key, key, total) for key, total in found]


def _named(rows: QuerySet[Count], what: What) -> list[Line]:
    """By noun, each under the name that visitors know it by."""
    found = list(
        rows.filter(what=what).values_list("about").annotate(total=Sum("count")).order_by("-total", "about")[:LISTED]
    )
    subjects = {row.code: row for row in Subject.objects.filter(code__in=[code for code, _total in found])}
    return [Line(code, _name(subjects.get(code)), total) for code, total in found]


def _name(subject: Subject | None) -> str:
    face = face_of(subject) if subject else None
    return face.title if face else ""


def followed(codes: Collection[str]) -> dict[str, int]:
    """How often each short link was followed in all."""
    rows = Count.objects.filter(what=What.SHORT, key__in=codes)
    return dict(rows.values_list("key").annotate(total=Sum("count")))


def of_agency(what: What, path: str, since: date, until: date) -> int:
    """How often, for the nouns of an agency and of those below it."""
    owners = Organisation.objects.filter(below(path)).values("subject__code")
    nouns = Subject.objects.filter(organisation_code__in=owners).values("code")
    rows = Count.objects.filter(what=what, day__range=(since, until), about__in=nouns)
    return int(rows.aggregate(total=Sum("count"))["total"] or 0)

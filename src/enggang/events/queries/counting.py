"""How a counted number is told: its parts in words, how each was got, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enggang.attendance.enums import CountMethod, NoRange
from enggang.attendance.models import Count, CountPhone, CountPoint
from enggang.attendance.queries.hours import hours_of
from enggang.attendance.queries.tally import Tally
from enggang.attendance.queries.tally_facts import Changed
from enggang.core.models.closed import Facts
from enggang.events.models import Edition
from enggang.events.queries.edition_concept import figure

HOUR = 60


class Number(NamedTuple):
    """``text`` is the figure with its range, ``why`` why it has none."""

    text: str
    why: str


def number_in_words(found: Facts | None) -> Number:
    """«11,200 (10,300–12,100)»."""
    if found is None:
        return Number("–", "")
    value = figure(found["value"])
    if found["low"] is None:
        return Number(value, str(NoRange(found["why"]).label) if found["why"] else "")
    return Number(f"{value} ({figure(found['low'])}–{figure(found['high'])})", "")


FORMULAS = {
    CountMethod.EVERY: gettext_lazy("Sum over the minutes of the mean of those who counted. Standard error = √(f · Σ m / k), where f is how far two counters of the same 15 minutes lie apart: Σ (x − m)² / m over Σ (k − 1); m is their mean, k how many counted. The range reaches at least as far as their totals lie apart."),
    CountMethod.SAMPLED: gettext_lazy("Total = N · mean of the n counted intervals, for each day. Standard error = N · √((1 − n/N) · s² / n), s² from the differences of neighbouring intervals; t with 2(n − 1)² / (3n − 4) degrees of freedom (Cochran 1977, 2.6; Wolter 2007, 8.2)."),
    CountMethod.DENSITY: gettext_lazy("Crowd = area · mean of people per square metre in n squares, at each moment. Standard error = N · √((1 − n/N) · s² / n) with N = area / square (Cochran 1977, 2.6). The largest moment is shown, which lies a little too high."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point of the facts as a page shows it. ``how`` says in words what was counted."""

    facts: Facts
    number: Number
    method: str
    how: list[str]
    gaps: list[tuple[datetime, datetime]]
    formula: str

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    @property
    def peak_at(self) -> datetime | None:
        return datetime.fromisoformat(self.facts["peak_at"]) if self.facts["peak_at"] else None


@dataclass(frozen=True, slots=True)
class StreamLine:
    name: str
    main: bool
    number: Number
    parts: list[PointLine]
    beside: list[PointLine]


@dataclass(frozen=True, slots=True)
class Told:
    """A result in words, be it of this moment or frozen."""

    visitors: Number
    entries: Number
    streams: list[StreamLine]
    rests_on: list[str]
    admitted: list[Facts]
    as_of: datetime
    left_out: int
    main: str
    times: Facts | None
    has_visitors: bool

    @property
    def points(self) -> list[PointLine]:
        return [line for stream in self.streams for line in [*stream.parts, *stream.beside]]


def told(facts: Facts) -> Told:
    points = {row["code"]: _point_line(row) for row in facts["points"]}
    streams = [
        StreamLine(
            row["name"], row["main"], number_in_words(row["entries"]), [points[code] for code in row["parts"]],
            [points[code] for code in row["beside"]],
        )
        for row in sorted(facts["streams"], key=lambda row: not row["main"])
    ]  # fmt: skip
    return Told(
        number_in_words(facts["visitors"]), number_in_words(facts["entries"]), streams, list(_rests_on(facts)),
        facts["admitted"], datetime.fromisoformat(facts["as_of"]), facts["left_out"], facts["main"], facts["times"],
        facts["visitors"] is not None,
    )  # fmt: skip


def _point_line(row: Facts) -> PointLine:
    method = CountMethod(row["method"])
    gaps = [(datetime.fromisoformat(begins), datetime.fromisoformat(ends)) for begins, ends in row["gaps"]]
    return PointLine(
        row, number_in_words(row["estimate"]), str(method.label), list(_how(row, method)), gaps, str(FORMULAS[method])
    )  # fmt: skip


def _how(row: Facts, method: CountMethod) -> Iterator[str]:
    """What was counted of it, one sentence each."""
    if method == CountMethod.SAMPLED:
        yield _("%(done)s of %(due)s intervals of %(length)s minutes, every %(every)s minutes, the first after %(shift)s minutes (by lot)") % row  # fmt: skip
        if row["outside"]:
            yield (
                _(
                    "%(outside)s people were counted outside the intervals, or in one of which less than four fifths was counted, and are not used"
                )
                % row
            )
    elif method == CountMethod.DENSITY:
        yield _("%(done)s of %(due)s moments, squares of %(square_m2)s m² on %(area_m2)s m²") % row
    else:
        hours = {"hours": figure(round(row["minutes"] / HOUR, 1)), "double": figure(round(row["doubled"] / HOUR, 1))}
        yield _("%(hours)s hours counted, %(double)s of them by two or more") % hours
    if row["counters"]:
        yield _("counted by %(names)s") % {"names": ", ".join(row["counters"])}
    if row["left_out"]:
        yield ngettext("%(n)s doubtful count is left out", "%(n)s doubtful counts are left out", row["left_out"]) % {
            "n": row["left_out"]
        }
    for each in row["apart"]:
        yield _("%(one)s and %(other)s differ by %(percent)s%%: %(first)s against %(second)s") % {
            "one": each["names"][0], "other": each["names"][1], "percent": each["percent"],
            "first": figure(each["totals"][0]), "second": figure(each["totals"][1]),
        }  # fmt: skip


def _rests_on(facts: Facts) -> Iterator[str]:
    methods = Counter(row["method"] for row in facts["points"] if row["added"] and row["stream"] == facts["main"])
    yield _("A range holds in 95 of 100 cases for the errors that it contains.")
    if facts["main"]:
        yield _("Only the entrances of “%(main)s” are added. Whoever came in elsewhere is not in the number; what other points counted stands beside it, for they see the same people again.") % facts  # fmt: skip
        if not facts["chosen"]:
            yield _("Nobody has chosen which cordon gives the number, so it is the largest.")
    if methods[CountMethod.EVERY]:
        yield _("Where everybody was counted, the range tells how far counters differ. People whom all of them missed are not in it.")  # fmt: skip
    if methods[CountMethod.SAMPLED]:
        yield _("Where intervals were counted, the minutes in between are taken to be like them. Miscounting within an interval is not in the range.")  # fmt: skip
    yield from _of_times(facts)
    if any(row["gaps"] for row in facts["points"]):
        yield _("Hours that nobody counted are named and not filled: the number leaves them out.")
    if facts["left_out"]:
        yield _("Doubtful counts that nobody has settled are left out.")
    yield from (
        _("%(name)s: %(admitted)s let in with a ticket are added, for no counting point sees them (%(method)s).") % row
        for row in facts["admitted"]
        if row["apart"]
    )


def _of_times(facts: Facts) -> Iterator[str]:
    times = facts["times"]
    if times is None:
        yield _("How often one visitor comes in is not known, so there are entries and no visitors.")
        return
    words = {"mean": figure(times["mean"]), "source": times["source"], "n": times["n"]}
    yield _("Entries are divided by %(mean)s, how often one visitor comes in: %(source)s.") % words
    if times["sd"] is None or not times["n"]:
        yield _("This mean has no sample on record, so its error is not in the range.")
    else:
        yield _("%(n)s people were asked; the error of their mean is in the range.") % words


# -- what changed between two versions ------------------------------------------------------------------------

FIELDS = {
    "visitors": gettext_lazy("Visitors"),
    "entries": gettext_lazy("Entries"),
    "main": gettext_lazy("The cordon that gives the number"),
    "times": gettext_lazy("Entries per visitor"),
    "left_out": gettext_lazy("Doubtful counts left out"),
    "point": gettext_lazy("Point"),
    "name": gettext_lazy("Name"),
    "stream": gettext_lazy("Cordon or street"),
    "added": gettext_lazy("Added to the number"),
    "estimate": gettext_lazy("Estimate"),
    "entered": gettext_lazy("Counted in"),
    "counts": gettext_lazy("Number of counts"),
    "done": gettext_lazy("Intervals counted"),
    "due": gettext_lazy("Intervals due"),
    "minutes": gettext_lazy("Minutes counted"),
}


def changed_in_words(row: Changed) -> dict[str, str]:
    return {"point": row.point, "field": str(FIELDS[row.field]), "was": _value(row.was), "now": _value(row.now)}


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return figure(value["mean"]) if "mean" in value else number_in_words(value).text
    if isinstance(value, int):
        return figure(value)
    return str(value or "–")


# -- the board ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PhoneLine:
    phone: CountPhone
    open: bool
    silent: bool


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A point by the hour: people in each of ``Board.hours``, None where nobody counted."""

    point: CountPoint
    number: Number
    hours: list[int | None]
    phones: list[PhoneLine]
    left_out: int

    @property
    def silent(self) -> bool:
        return any(each.silent for each in self.phones)


@dataclass(frozen=True, slots=True)
class Board:
    hours: list[datetime]
    lines: list[BoardLine]
    told: Told

    @property
    def counting_phones(self) -> bool:
        return any(each.open for line in self.lines for each in line.phones)

    @property
    def cells(self) -> list[tuple[str, datetime, int]]:
        """Point, hour, people; where nobody counted there is none."""
        return [
            (line.point.name, hour, people)
            for line in self.lines
            for hour, people in zip(self.hours, line.hours, strict=True)
            if people is not None
        ]


SHOWN_HOURS = 12


def board_of(tally: Tally, facts: Facts) -> Board:
    """The last twelve hours with a count, by point; phones that should count and have not been heard of."""
    zone = tally.points[0].point.time_zone if tally.points else "UTC"
    hours = sorted({hour for each in tally.points for hour in each.hours})[-SHOWN_HOURS:]
    phones = phones_of([each.point for each in tally.points], tally)
    numbers = {line.facts["code"]: line.number for line in told(facts).points}
    lines = [
        BoardLine(
            each.point,
            numbers[each.point.code],
            [round(each.hours[hour]) if hour in each.hours else None for hour in hours],
            phones.get(each.point.pk, []),
            len(each.left_out),
        )
        for each in tally.points
    ]
    moments = [datetime.fromtimestamp(hour * 60, ZoneInfo(zone)) for hour in hours]
    return Board(moments, lines, told(facts))


def phones_of(points: list[CountPoint], tally: Tally) -> dict[int, list[PhoneLine]]:
    """By point; an open phone is silent when it should count now and was not heard of for the borne minutes."""
    by_id = {point.pk: point for point in points}
    found: dict[int, list[PhoneLine]] = {}
    rows = CountPhone.objects.filter(point__in=points).select_related("link", "subject").order_by("name", "pk")
    for phone in rows:
        open_, silent = phone.is_open_at(tally.as_of), is_silent(phone, by_id[phone.point_id], tally)
        found.setdefault(phone.point_id, []).append(PhoneLine(phone, open_, open_ and silent))
    return found


def is_silent(phone: CountPhone, point: CountPoint, tally: Tally) -> bool:
    borne = timedelta(minutes=tally.plan.silent_minutes)
    counting = any(hours.begins + borne <= tally.as_of < hours.ends for hours in hours_of(point))
    last = max(phone.seen_at or phone.opened_at, phone.opened_at)
    return counting and tally.as_of - last > borne


def points_of(edition: Edition) -> list[CountPoint]:
    """Those that stand, then those that were taken out."""
    rows = CountPoint.objects.filter(group=edition.subject).select_related("subject", "organisation")
    return sorted(rows, key=lambda point: (point.is_void, point.stream, point.name))


def counts_of(point: CountPoint) -> list[Count]:
    rows = point.counts.select_related("phone").prefetch_related("changes").order_by("-from_at", "-pk")
    return list(rows)

"""How indicators stand on a day: value of the year so far, its path, how far the target was reached, how fresh it is.

Everything may be asked as it was known at an instant, so that a page of last Monday can be opened as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from enggang.indicators.achievement import achievement, consolidated, course_of, forecast_of, path_at
from enggang.indicators.enums import Course, Cumulation, Frequency
from enggang.indicators.models import Indicator, Measurement, Target
from enggang.indicators.periods import Period, period_of, periods_of


class Point(NamedTuple):
    """One period of a series; ``row`` is None where nothing was entered."""

    period: Period
    row: Measurement | None

    @property
    def value(self) -> Decimal | None:
        return self.row.value if self.row else None


class Standing(NamedTuple):
    """``value`` is that of the year so far, ``path`` what should stand at the end of the last measured period.

    ``awaited`` is the earliest period whose value is overdue, ``since`` the day from which it has been.
    """

    indicator: Indicator
    year: int
    points: list[Point]
    value: Decimal | None
    target: Target | None
    path: Decimal | None
    achieved: Decimal | None  # percent of the year's target, raw
    forecast: Decimal | None  # of the whole year
    course: Course
    last: Measurement | None
    awaited: Period | None
    since: date | None
    red_since: date | None = (
        None  # the day on which a value was put on record that was off the path, and none since on it
    )

    @property
    def gap(self) -> Decimal | None:
        """How far the value lies from its path, in the indicator's own unit."""
        return None if self.value is None or self.path is None else self.value - self.path

    @property
    def known(self) -> int:
        return sum(point.value is not None for point in self.points)


def standings_of(indicators: Sequence[Indicator], day: date, *, known_at: datetime | None = None) -> list[Standing]:
    """In two questions for all of them, in their order."""
    ids = [each.pk for each in indicators]
    targets: dict[int, list[Target]] = {pk: [] for pk in ids}
    for target in _targets(ids, day.year, known_at):
        targets[target.indicator_id].append(target)
    values: dict[int, list[Measurement]] = {pk: [] for pk in ids}
    for row in _values(ids, date(day.year - 1, 1, 1), day, known_at):
        values[row.indicator_id].append(row)
    return [_standing(each, day, targets[each.pk], values[each.pk]) for each in indicators]


def _targets(ids: Iterable[int], year: int, known_at: datetime | None) -> list[Target]:
    rows = Target.objects.filter(indicator__in=ids, year=year)
    if known_at is None:
        return list(rows.filter(replaced_at=None))
    return list(rows.filter(Q(replaced_at=None) | Q(replaced_at__gt=known_at), set_at__lte=known_at).order_by("set_at"))


def _values(ids: Iterable[int], since: date, until: date, known_at: datetime | None) -> list[Measurement]:
    rows = Measurement.objects.filter(indicator__in=ids, period_start__gte=since, period_start__lte=until).whole()
    rows = rows.standing() if known_at is None else rows.known_at(known_at)
    return list(rows.order_by("period_end", "entered_at", "pk"))


def points_of(indicator: Indicator, year: int, rows: Iterable[Measurement], until: date) -> list[Point]:
    """The periods of a year that have begun by ``until``, each with the value that was entered last."""
    latest = {Period(row.period_start, row.period_end): row for row in rows}
    return [
        Point(period, latest.get(period)) for period in periods_of(year, indicator.frequency) if period.start <= until
    ]


def _standing(indicator: Indicator, day: date, targets: list[Target], rows: list[Measurement]) -> Standing:
    points = points_of(indicator, day.year, rows, day)
    before = points_of(indicator, day.year - 1, rows, day)
    value = consolidated([point.value for point in points], indicator.cumulation)
    last = next((point.row for point in reversed(points) if point.value is not None), None)
    target = next((each for each in reversed(targets) if each.quarter == 0), None)
    path = _path(indicator, targets, last)
    awaited, since = _awaited(indicator, [*before, *points], day)
    return Standing(
        indicator, day.year, points, value, target, path,
        achievement(indicator.polarity, value, target.value, target.upper) if target else None,
        forecast_of(indicator.cumulation, points_values(points), points_values(before), _share(last)),
        _course(indicator, value, path, target, awaited), last, awaited, since, _red_since(indicator, points, targets, target),
    )  # fmt: skip


def _red_since(indicator: Indicator, points: list[Point], targets: list[Target], target: Target | None) -> date | None:
    """Walked through the year: where the run of values off their path began that still goes on."""
    begun: date | None = None
    for place, point in enumerate(points):
        if point.row is None or point.value is None or target is None:
            continue
        value = consolidated(points_values(points[: place + 1]), indicator.cumulation)
        path = _path(indicator, targets, point.row)
        if value is None or path is None or course_of(indicator.polarity, value, path, target.upper) != Course.OFF:
            begun = None
        elif begun is None:
            begun = point.row.entered_at.astimezone(ZoneInfo(indicator.organisation.time_zone)).date()
    return begun


def points_values(points: Sequence[Point]) -> list[Decimal | None]:
    return [point.value for point in points]


def _share(last: Measurement | None) -> Decimal | None:
    """Of the year that lies behind the last measured period."""
    if last is None:
        return None
    whole = (date(last.period_end.year, 12, 31) - date(last.period_end.year, 1, 1)).days + 1
    return Decimal(last.period_end.timetuple().tm_yday) / Decimal(whole)


def _path(indicator: Indicator, targets: list[Target], last: Measurement | None) -> Decimal | None:
    if last is None or not targets:
        return None
    return path_at({each.quarter: each.value for each in targets}, indicator.cumulation, last.period_end)


def _awaited(indicator: Indicator, points: list[Point], day: date) -> tuple[Period | None, date | None]:
    """The earliest overdue period since the last one that has a row, and the day after which it was due.

    A period that was said to be unknown is not awaited: somebody has answered for it. Nothing is awaited of the time
    before the first value that ever came.
    """
    answered = [place for place, point in enumerate(points) if point.row is not None]
    first = answered[-1] + 1 if answered else max(0, len(points) - 2)
    for point in points[first:]:
        due = point.period.end + timedelta(days=indicator.due_days)
        if due < day:
            return point.period, due
    return None, None


def _course(
    indicator: Indicator, value: Decimal | None, path: Decimal | None, target: Target | None, awaited: Period | None
) -> Course:
    if awaited is not None:
        return Course.STALE
    if value is None:
        return Course.UNKNOWN
    if target is None or path is None:
        return Course.NO_TARGET
    return course_of(indicator.polarity, value, path, target.upper)


class Week(NamedTuple):
    """What should stand on a Sunday, the end of a week."""

    ends: date
    path: Decimal | None


def weeks_of(indicator: Indicator, targets: Sequence[Target], day: date) -> list[Week]:
    """The path of the quarter in which ``day`` lies, week by week; nothing without a target."""
    given = {each.quarter: each.value for each in targets if each.year == day.year and each.replaced_at is None}
    if not given:
        return []
    quarter = period_of(day, Frequency.QUARTER)
    sunday = quarter.start + timedelta(days=6 - quarter.start.weekday())
    ends = [sunday + timedelta(weeks=number) for number in range(14)]
    return [Week(end, path_at(given, indicator.cumulation, end)) for end in ends if end <= quarter.end]


def method_of(standing: Standing) -> str:
    """How the value of the year, its path and the forecast come about, in one paragraph for whoever asks."""
    indicator = standing.indicator
    said = [
        _("Value of the year: %(how)s of the %(known)d periods known.")
        % {"how": indicator.get_cumulation_display().lower(), "known": standing.known}
    ]
    if indicator.cumulation == Cumulation.SUM:
        said.append(
            _(
                "Path: from nothing at New Year evenly to each target that is set, at the end of the last measured period."
            )
        )
        said.append(_("Forecast: as last year went on from there; where last year is not known, evenly."))
    else:
        said.append(_("Path: the target of the running quarter, or the next one that is set."))
    return " ".join(said)

"""Working days: Monday to Friday without the holidays of the decrees, joint leave included.

The convention, in which rules such as "at the latest 14 working days before" are counted here: the day itself is not
counted, and the n-th working day before it is the last day in time. So 14 working days before Wednesday 20 August 2025
is 31 July, and 30 July since the decree of 7 August made Monday 18 August joint leave; before Monday 18 August it is
29 July, with that decree or without it. (The two places of the domain file agree when they are read so.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from enggang.core import clock
from enggang.places.models import Organisation
from enggang.plans.enums import ListState
from enggang.plans.models import Holiday, HolidayList

FARTHEST = 1_000  # working days: four years
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date and what it rests on.

    ``list_used`` are the lists of the years that were counted through, ``skipped`` the holidays that fell on weekdays.
    ``missing`` are the years for which no decree is on record: there only weekends (and what is expected) were left
    out, and ``complete`` is False.
    """

    date: date
    list_used: tuple[HolidayList, ...]
    complete: bool
    skipped: tuple[Holiday, ...]
    missing: tuple[int, ...] = ()

    @property
    def doubtful(self) -> tuple[HolidayList, ...]:
        """Lists that nobody has compared with the text of the decree."""
        return tuple(row for row in self.list_used if row.doubt)


class WorkCalendar:
    """The lists that hold for an agency in a region as they were known at a day, read once for any number of questions."""

    def __init__(self, lists: Iterable[HolidayList], days: Iterable[Holiday], region: str = "") -> None:
        self.lists = sorted(lists, key=lambda row: (row.year, row.valid_from, row.pk or 0))
        self._decreed = {row.year for row in self.lists if row.state == ListState.DECREED and not row.partial}
        best: dict[date, Holiday] = {}
        for row in days:
            if row.covers(region) and (row.day not in best or _rank(row) > _rank(best[row.day])):
                best[row.day] = row
        self._holidays = {day: row for day, row in best.items() if not row.is_working}

    def holiday(self, day: date) -> Holiday | None:
        return self._holidays.get(day)

    def is_working(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self._holidays

    def knows(self, year: int) -> bool:
        """Whether a decree for the year is on record."""
        return year in self._decreed

    def shifted(self, day: date, n: int) -> Deadline:
        """``n`` working days after ``day``, or before it when ``n`` is negative; the day itself is not counted."""
        if abs(n) > FARTHEST:
            raise ValueError(f"{n} working days are more than {FARTHEST}")
        step, left, found = timedelta(days=-1 if n < 0 else 1), abs(n), day
        skipped: list[Holiday] = []
        years = {day.year} if not n else set()
        while left:
            found += step
            years.add(found.year)
            if self.is_working(found):
                left -= 1
            elif found.weekday() < SATURDAY:
                skipped.append(self._holidays[found])
        return self._told(found, years, skipped)

    def before(self, day: date, n: int) -> Deadline:
        return self.shifted(day, -n)

    def between(self, first: date, last: date) -> int:
        """Working days after ``first`` up to and with ``last``; negative when ``last`` comes first."""
        if last < first:
            return -self.between(last, first)
        days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return sum(self.is_working(day) for day in days)

    def _told(self, found: date, years: set[int], skipped: list[Holiday]) -> Deadline:
        missing = tuple(year for year in sorted(years) if year not in self._decreed)
        used = tuple(row for row in self.lists if row.year in years)
        return Deadline(found, used, not missing, tuple(sorted(skipped, key=lambda row: row.day)), missing)


def _rank(row: Holiday) -> tuple[tuple[int, date], int]:
    """The nearest agency's row decides on a day, then the later one: so a decree is amended and a row corrected."""
    return row.closeness, row.pk or 0


def work_calendar(
    *, region: str = "", at: date | None = None, organisation: Organisation | None = None
) -> WorkCalendar:
    """Two questions to the database. ``at``: as it was known on that day (now when not given).

    ``region`` is a region's code, that of the agency when not given. Without an ``organisation`` only shipped lists count.
    """
    day = at or clock.today()
    if organisation is not None:
        lists, days = HolidayList.objects.serving(organisation), Holiday.objects.serving(organisation)
        region = region or organisation.region_id or ""
    else:
        lists, days = HolidayList.objects.filter(organisation=None), Holiday.objects.filter(organisation=None)
    known = [row for row in lists.on(day) if not row.is_withdrawn]
    by_id = {row.pk: row for row in known}
    rows = [row for row in days.on(day) if row.list_id in by_id]
    for row in rows:
        row.list = by_id[row.list_id]
    return WorkCalendar(known, rows, region)


def working_days_before(
    day: date, n: int, *, region: str = "", at: date | None = None, organisation: Organisation | None = None
) -> Deadline:
    """The last day that is ``n`` working days before ``day``. For many questions ask one ``work_calendar``."""
    return work_calendar(region=region, at=at, organisation=organisation).before(day, n)


def working_days_after(
    day: date, n: int, *, region: str = "", at: date | None = None, organisation: Organisation | None = None
) -> Deadline:
    return work_calendar(region=region, at=at, organisation=organisation).shifted(day, n)


def days_by_list(lists: Iterable[HolidayList]) -> dict[int, list[Holiday]]:
    found: dict[int, list[Holiday]] = defaultdict(list)
    for row in Holiday.objects.filter(list__in=list(lists)).select_related("region"):
        found[row.list_id].append(row)
    return found

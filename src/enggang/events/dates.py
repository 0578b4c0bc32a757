"""Dates that move: what a rule says for a year. Pure functions; a rule lists candidates, people decide.

Sources. Chinese lunar days: the tables of ``borax`` (after the Hong Kong Observatory). Hijri days: the Umm al-Qura
calendar of ``hijridate``; a month that is sighted begins up to a day earlier or later, so every Hijri rule has
candidates. Equinoxes and solstices: Meeus, *Astronomical Algorithms* (2nd ed.), chapter 27, right to some minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import cos, radians
from zoneinfo import ZoneInfo

from borax.calendars.lunardate import LunarDate
from hijridate import Gregorian, Hijri

from enggang.events.enums import RuleKind

FIRST_YEAR, LAST_YEAR = 1926, 2075  # what both calendars know of
LONGEST = 120  # days of one edition
SIGHTINGS = (0, -1, 1)  # days by which a month may begin elsewhere than computed; the computed one first
RAMADAN, SAFAR = 9, 2


@dataclass(frozen=True, slots=True)
class DateRule:
    """``month`` and ``day`` are of the rule's own calendar; ``nth`` counts weekdays from 1, -1 is the last.

    The event begins ``offset`` days after the day that is found (before it, when negative) and lasts ``length`` days.
    """

    kind: str
    month: int = 1
    day: int = 1
    nth: int = 1
    weekday: int = 0
    offset: int = 0
    length: int = 1
    zone: str = "Asia/Pontianak"


@dataclass(frozen=True, slots=True)
class Candidate:
    """``shift`` says by how many days the month began elsewhere than computed; 0 is the computed date itself.

    ``anchor`` is the day the rule speaks of, ``first`` and ``last`` the days of the event around it.
    """

    anchor: date
    first: date
    last: date
    shift: int = 0

    @property
    def is_computed(self) -> bool:
        return self.shift == 0


def candidates(rule: DateRule, year: int, *, after: Callable[[int], list[date]] | None = None) -> list[Candidate]:
    """The dates in a Gregorian ``year`` that the rule allows, the computed ones first; none for what is announced.

    ``after`` gives, for a rule that hangs on another event, the first days of that event in a year. A Hijri day may
    fall twice into one Gregorian year, or not at all. Raises ValueError outside the years that the calendars know.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no calendar table for {year}")
    found: dict[date, Candidate] = {}
    for anchor, shift in _anchors(rule, year, after):
        found.setdefault(anchor, _around(rule, anchor, shift))
    return list(found.values())


def _around(rule: DateRule, anchor: date, shift: int) -> Candidate:
    first = anchor + timedelta(days=rule.offset)
    return Candidate(anchor, first, first + timedelta(days=max(1, rule.length) - 1), shift)


def _anchors(rule: DateRule, year: int, after: Callable[[int], list[date]] | None) -> Iterator[tuple[date, int]]:
    if rule.kind in {RuleKind.HIJRI, RuleKind.HIJRI_WEEKDAY}:
        for shift in SIGHTINGS:
            yield from ((day, shift) for day in _hijri(rule, year, shift) if day.year == year)
    elif rule.kind == RuleKind.AFTER:
        yield from ((day, 0) for day in (after(year) if after else []))
    elif rule.kind in _PLAIN and (found := _PLAIN[rule.kind](rule, year)) is not None:
        yield found, 0


def _fixed(rule: DateRule, year: int) -> date | None:
    """29 February is kept on the 28th of a common year."""
    try:
        return date(year, rule.month, rule.day)
    except ValueError:
        return date(year, 2, 28) if (rule.month, rule.day) == (2, 29) else None


def _weekday(rule: DateRule, year: int) -> date | None:
    first = date(year, rule.month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return nth_weekday(first, last, rule.nth, rule.weekday)


def nth_weekday(first: date, last: date, nth: int, weekday: int) -> date | None:
    """The n-th ``weekday`` (Monday is 0) from ``first`` to ``last``; -1 is the last one; None when there are fewer."""
    if nth < 0:
        found = last - timedelta(days=(last.weekday() - weekday) % 7) + timedelta(weeks=nth + 1)
    else:
        found = first + timedelta(days=(weekday - first.weekday()) % 7) + timedelta(weeks=nth - 1)
    return found if first <= found <= last else None


def _chinese(rule: DateRule, year: int) -> date | None:
    """Months 11 and 12 of the lunar year before may fall into this one as well; the first that does is taken."""
    for lunar_year in (year, year - 1):
        try:
            found: date = LunarDate(lunar_year, rule.month, rule.day).to_solar_date()
        except ValueError:  # the month has 29 days that year
            continue
        if found.year == year:
            return found
    return None


def _hijri(rule: DateRule, year: int, shift: int) -> Iterator[date]:
    """The days in every Hijri year that touches ``year``, were each month to begin ``shift`` days beside the computed."""
    earliest = Gregorian(year, 1, 1).to_hijri().year - 1
    for hijri_year in range(earliest, earliest + 4):
        first, last = hijri_month(hijri_year, rule.month)
        first, last = first + timedelta(days=shift), last + timedelta(days=shift)
        found = (
            nth_weekday(first, last, rule.nth, rule.weekday)
            if rule.kind == RuleKind.HIJRI_WEEKDAY
            else first + timedelta(days=rule.day - 1)
        )
        if found is not None and found <= last:
            yield found


def hijri_month(year: int, month: int) -> tuple[date, date]:
    """First and last day of a Hijri month by the Umm al-Qura calendar."""
    hijri = Hijri(year, month, 1)
    first = date.fromisoformat(hijri.to_gregorian().isoformat())
    return first, first + timedelta(days=hijri.month_length() - 1)


def ramadans(first: date, last: date) -> list[tuple[date, date]]:
    """The months of Ramadan that touch the days from ``first`` to ``last``, as computed."""
    start = Gregorian(first.year, first.month, first.day).to_hijri().year - 1
    end = Gregorian(last.year, last.month, last.day).to_hijri().year + 1
    months = (hijri_month(year, RAMADAN) for year in range(start, end + 1))
    return [month for month in months if month[0] <= last and month[1] >= first]


# Meeus, table 27.B (years 1000 to 3000): the mean instant as a polynomial of (year - 2000) / 1000.
_SUN = {
    3: (2451623.80984, 365242.37404, 0.05169, -0.00411, -0.00057),
    6: (2451716.56767, 365241.62603, 0.00325, 0.00888, -0.00030),
    9: (2451810.21715, 365242.01767, -0.11575, 0.00337, 0.00078),
    12: (2451900.05952, 365242.74049, -0.06223, -0.00823, 0.00032),
}
# Table 27.C: (A, B, C) of the terms A cos(B + C T).
_TERMS = (
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112),
    (156, 73.14, 45036.886), (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906),
    (70, 243.58, 9037.513), (58, 119.81, 33718.147), (52, 297.17, 150.678), (50, 21.02, 2281.226),
    (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417), (18, 155.12, 67555.328),
    (17, 288.79, 4562.452), (16, 198.04, 62894.029), (14, 199.76, 31436.921), (12, 95.39, 14577.848),
    (12, 287.11, 31931.756), (12, 320.81, 34777.259), (9, 227.73, 1222.114), (8, 15.45, 16859.074),
)  # fmt: skip
_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_TT_AHEAD = timedelta(seconds=70)  # of UTC, about, in these decades


def sun_instant(year: int, month: int) -> datetime:
    """When the equinox or solstice of ``month`` (3, 6, 9 or 12) is, in UTC; right to about two minutes."""
    y = (year - 2000) / 1000
    mean = sum(part * y**power for power, part in enumerate(_SUN[month]))
    t = (mean - 2451545.0) / 36525
    w = radians(35999.373 * t - 2.47)
    stretch = 1 + 0.0334 * cos(w) + 0.0007 * cos(2 * w)
    swing = sum(a * cos(radians(b + c * t)) for a, b, c in _TERMS)
    return _J2000 + timedelta(days=mean + 0.00001 * swing / stretch - 2451545.0) - _TT_AHEAD


def _sun(rule: DateRule, year: int) -> date | None:
    return sun_instant(year, rule.month).astimezone(ZoneInfo(rule.zone)).date() if rule.month in _SUN else None


_PLAIN: dict[str, Callable[[DateRule, int], date | None]] = {
    RuleKind.FIXED: _fixed,
    RuleKind.WEEKDAY: _weekday,
    RuleKind.CHINESE: _chinese,
    RuleKind.SUN: _sun,
}

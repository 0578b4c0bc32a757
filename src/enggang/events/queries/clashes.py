"""What stands in the way on the days of an edition: Ramadan, elections, holidays, other events of the province."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.dates import ramadans
from enggang.events.enums import Stage
from enggang.events.models import Edition, Period
from enggang.events.models.edition import roots
from enggang.events.queries.dates import days_in_words
from enggang.places.models.organisation import below_any
from enggang.plans.queries.workdays import work_calendar

NEAR = timedelta(days=7)  # a sister festival within a week draws from the same visitors
MOST = 12


@dataclass(frozen=True, slots=True)
class Clash:
    kind: str  # "ramadan", "holiday", "unknown", "period", "sister"
    text: str
    doubt: str = ""
    code: str = ""  # of the other edition


def clashes(edition: Edition, first: date | None = None, last: date | None = None) -> list[Clash]:
    """For the edition's days, or for others that are thought of. Nothing as long as no day is known."""
    first = first or edition.starts_on
    last = last or (edition.ends_on if first == edition.starts_on else first) or first
    if first is None or last is None:
        return []
    return [
        *_ramadan(first, last),
        *_holidays(edition, first, last),
        *_periods(edition, first, last),
        *_sisters(edition, first, last),
    ]


def _ramadan(first: date, last: date) -> list[Clash]:
    words = _("Ramadan, as computed %(days)s; it may begin a day earlier or later")
    return [Clash("ramadan", words % {"days": days_in_words(*each)}) for each in ramadans(first, last)]


def _holidays(edition: Edition, first: date, last: date) -> list[Clash]:
    """Holidays and joint leave by the lists on record; a year without a decree is told as such."""
    calendar = work_calendar(region=edition.event.region_id, organisation=edition.organisation)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    found = [row for day in days if (row := calendar.holiday(day)) is not None]
    rows = [
        Clash("holiday", f"{row.name} ({row.get_kind_display()}), {date_format(row.day, 'j F Y')}", row.list.doubt)
        for row in found[:MOST]
    ]
    unknown = [year for year in range(first.year, last.year + 1) if not calendar.knows(year)]
    words = _("No decree of holidays is on record for %(year)s yet")
    return rows + [Clash("unknown", words % {"year": year}) for year in unknown]


def periods_known_until(edition: Edition) -> date | None:
    """The last day of the last election or other period on record; nothing is known of what comes later."""
    rows = Period.objects.serving(edition.organisation).on(clock.today())
    known: date | None = rows.aggregate(last=Max("last"))["last"]
    return known


def _periods(edition: Edition, first: date, last: date) -> list[Clash]:
    rows = Period.objects.serving(edition.organisation).on(clock.today()).filter(first__lte=last, last__gte=first)
    region = edition.event.region_id
    return [
        Clash("period", f"{row.name}: {days_in_words(row.first, row.last)}", row.doubt)
        for row in rows
        if row.region_id is None or region.startswith(row.region_id)
    ]


def _sisters(edition: Edition, first: date, last: date) -> list[Clash]:
    """Editions of the same province within a week; those of the own agency at every stage, of others once proposed."""
    top = roots((edition.organisation.path,))
    near = Edition.objects.touching(first - NEAR, last + NEAR).filter(below_any(top, "organisation__path"))
    near = near.exclude(pk=edition.pk).exclude(stage__in=[Stage.CANCELLED, Stage.IDEA]).with_names()
    return [
        Clash("sister", f"{row} · {row.event.region} · {days_in_words(row.starts_on, row.ends_on)}", code=row.code)
        for row in near[:MOST]
    ]

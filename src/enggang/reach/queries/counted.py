"""What the counter of readers gives to the indicators."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import Count, IndicatorSource
from enggang.reach.enums import What
from enggang.reach.queries.figures import of_agency


def _referrals(path: str, since: date, until: date) -> dict[str, Count]:
    return {"": Count(of_agency(What.OUTSIDE, path, since, until))}


def _calendars(path: str, since: date, until: date) -> dict[str, Count]:
    return {"": Count(of_agency(What.CALENDAR, path, since, until))}


SOURCES = {
    "reach.referrals": IndicatorSource(
        _("Referrals to businesses"), _("clicks"),
        _("How often visitors of the public pages went on to the site of a business or a manager of a place, of this agency or of one below it. Clicks, not people; programs that say they are such are left out."),
        _referrals,
    ),
    "reach.calendar_adds": IndicatorSource(
        _("Events put into calendars"), _("times"),
        _("How often the date of an event of this agency or of one below it was fetched by a browser to be put into a calendar. Subscribed calendars that fetch it anew are not counted."),
        _calendars,
    ),
}  # fmt: skip

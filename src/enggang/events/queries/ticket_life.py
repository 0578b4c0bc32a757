"""How long a ticket's page stands, and when its people are forgotten."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enggang.core import clock
from enggang.events.enums import Measure
from enggang.events.models import Booking, Edition, Threshold

DAYS = 90  # where no row says otherwise


def forget_days(edition: Edition, day: date | None = None) -> int:
    """Days after its last day until an edition's visitors are anonymised: the agency's own row before a shipped one."""
    rows = Threshold.objects.serving(edition.organisation).on(day or clock.today(edition.time_zone))
    found = max(rows.filter(name=Measure.FORGET_VISITORS), key=lambda row: row.closeness, default=None)
    return found.value if found else DAYS


def ticket_expires_at(booking: Booking) -> datetime:
    """As long as the registration is on record; an edition may move, so counted from the later of its days and today."""
    edition = booking.part.edition
    last = max(booking.slot.last_day, edition.ends_on or booking.slot.last_day)
    end = datetime.combine(last, time.max, ZoneInfo(edition.time_zone))
    return max(end, clock.now()) + timedelta(days=forget_days(edition))

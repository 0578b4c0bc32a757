"""Calendars that phones follow (RFC 5545), and their answer over the net: the same rows give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from icalendar import Calendar, Event, Timezone

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=4)
PUBLIC, PRIVATE = "public, max-age=600", "private, no-cache"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``changed_at`` is the last change that is known, never the moment of the question.

    ``all_day``: only the days of ``starts_at`` and ``ends_at`` count, the last one included. ``tentative``: not confirmed.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False
    all_day: bool = False
    tentative: bool = False


def calendar_of(name: str, entries: Sequence[Entry]) -> bytes:
    """One VCALENDAR; times carry their zone as TZID with its VTIMEZONE."""
    calendar = Calendar()
    calendar.add("prodid", "-//Enggang//enggang//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    timed = [row for row in entries if not row.all_day]
    for zone in sorted({row.zone for row in timed}):
        first = min(row.starts_at.astimezone(ZoneInfo(zone)).date() for row in timed if row.zone == zone)
        calendar.add_component(_zone(zone, first))
    for row in entries:
        calendar.add_component(_event(row))
    return bytes(calendar.to_ical())


def _zone(name: str, first: date) -> Timezone:
    return Timezone.from_tzid(name, first_date=first - timedelta(days=1), last_date=first + timedelta(days=730))


def _event(row: Entry) -> Event:
    zone, event = ZoneInfo(row.zone), Event()
    event.add("uid", row.uid)
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    first, last = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    event.add("dtstart", first.date() if row.all_day else first)
    event.add("dtend", last.date() + timedelta(days=1) if row.all_day else last)
    event.add("summary", row.summary)
    event.add("location", row.location)
    event.add("description", row.description)
    event.add("url", row.url)
    event.add("status", "CANCELLED" if row.cancelled else "TENTATIVE" if row.tentative else "CONFIRMED")
    if row.all_day:
        event.add("transp", "TRANSPARENT")  # a festival in town keeps nobody busy
    return event


def answer_calendar(request: HttpRequest, content: bytes, caching: str) -> HttpResponse:
    """Asked again with the same tag it is 304."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["ETag"], response["Cache-Control"] = etag, caching
    response["Content-Disposition"] = 'inline; filename="enggang.ics"'
    return get_conditional_response(request, etag=etag, response=response) or response

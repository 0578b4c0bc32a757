"""What leaves a wave: its sessions as a calendar (RFC 5545) that phones follow, and the answers as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from enggang.people.roster.workbooks import workbook
from enggang.training.models import Answer, Session, Wave
from enggang.training.queries.calendar import Shift

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=4)


def calendar_bytes(name: str, sessions: Iterable[Session], shifts: Mapping[int, Shift] | None = None) -> bytes:
    """One VCALENDAR; ``shifts`` by wave (id) say whose sessions are off for this reader, and since when.

    Times carry the wave's zone as TZID with its VTIMEZONE. The same rows give the same bytes: DTSTAMP is the
    instant of the last change that is known, never that of the request.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Enggang//enggang//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    rows = list(sessions)
    for zone in sorted({row.wave.time_zone for row in rows}):
        first = min(row.day for row in rows if row.wave.time_zone == zone)
        calendar.add_component(_zone(zone, first))
    for row in rows:
        calendar.add_component(_event(row, (shifts or {}).get(row.wave_id)))
    return bytes(calendar.to_ical())


def _zone(name: str, first: date) -> Timezone:
    return Timezone.from_tzid(name, first_date=first - timedelta(days=1), last_date=first + timedelta(days=730))


def _event(row: Session, shift: Shift | None) -> Event:
    wave, zone = row.wave, ZoneInfo(row.wave.time_zone)
    changed_at = max(row.changed_at, shift.at) if shift else row.changed_at
    cancelled = (shift is not None and shift.off) or row.is_cancelled or wave.is_cancelled
    event = Event()
    event.add("uid", f"session-{row.code}@enggang")
    event.add("sequence", row.version + wave.version - 2 + (shift.by if shift else 0))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", row.starts_at.astimezone(zone))
    event.add("dtend", row.ends_at.astimezone(zone))
    event.add("summary", f"{row.title} · {wave.programme.title}")
    event.add("location", _place(row))
    event.add("description", _words(row))
    event.add("url", f"{settings.PUBLIC_URL}{reverse('training:public_wave', args=[wave.code])}")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _place(row: Session) -> str:
    venue = row.place
    parts = [row.shown_room, venue.name if venue else "", venue.address if venue else ""]
    return ", ".join(part for part in parts if part)


def _words(row: Session) -> str:
    lines = [str(row.wave)]
    if row.klass:
        lines.append(_("Only for: %(name)s") % {"name": row.klass})
    if row.taught_by:
        lines.append(_("Instructor: %(name)s") % {"name": row.taught_by})
    return "\n".join(lines)


def answers_workbook(wave: Wave) -> bytes:
    """Everyone with a seat, by name, with an answer per question."""
    questions = list(wave.questions.all())
    given = Answer.objects.filter(question__in=questions).values_list("registration_id", "question_id", "text")
    answers = {(registration_id, question_id): text for registration_id, question_id, text in given}
    rows = wave.registrations.seated().with_names().order_by("person__name_key", "pk")
    lines = [
        [row.printed_name, row.agency.name, *(answers.get((row.pk, question.pk), "") for question in questions)]
        for row in rows
    ]
    return workbook(_("Answers"), [_("Name"), _("Agency"), *(question.label for question in questions)], lines)

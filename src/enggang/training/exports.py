"""What leaves a wave: its sessions as a calendar (RFC 5545) that phones follow, and the answers as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.core.calendars import Entry, calendar_of
from enggang.people.roster.workbooks import workbook
from enggang.training.models import Answer, Session, Wave
from enggang.training.queries.calendar import Shift


def calendar_bytes(name: str, sessions: Iterable[Session], shifts: Mapping[int, Shift] | None = None) -> bytes:
    """One VCALENDAR; ``shifts`` by wave (id) say whose sessions are off for this reader, and since when."""
    return calendar_of(name, [_entry(row, (shifts or {}).get(row.wave_id)) for row in sessions])


def _entry(row: Session, shift: Shift | None) -> Entry:
    wave = row.wave
    return Entry(
        uid=f"session-{row.code}@enggang",
        sequence=row.version + wave.version - 2 + (shift.by if shift else 0),
        changed_at=max(row.changed_at, shift.at) if shift else row.changed_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=wave.time_zone,
        summary=f"{row.title} · {wave.programme.title}",
        location=_place(row),
        description=_words(row),
        url=f"{settings.PUBLIC_URL}{reverse('training:public_wave', args=[wave.code])}",
        cancelled=(shift is not None and shift.off) or row.is_cancelled or wave.is_cancelled,
    )


def _place(row: Session) -> str:
    venue = row.place
    parts = [row.shown_room, venue.name if venue else "", venue.address if venue else ""]
    return ", ".join(part for part in parts if part)


def _words(row: Session) -> str:
    lines = [str(row.wave)]
    if row.klass:
        lines.append(_("Only for: %(name)s") % {"name": row.klass})
    if row.taught_text:
        lines.append(_("Instructor: %(name)s") % {"name": row.taught_text})
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

"""Which sessions a calendar feed shows: those of a wave, of a programme, or of one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from enggang.core import clock
from enggang.core.models import Subject
from enggang.training.models import Programme, Registration, Session, Wave
from enggang.training.queries.concerned import sessions_for

KEPT_DAYS = 400


@dataclass(frozen=True, slots=True)
class Feed:
    """``dropped`` are the waves (ids) whose seat was given back: their sessions are off for this reader."""

    name: str
    sessions: list[Session]
    dropped: frozenset[int] = field(default_factory=frozenset)


def wave_feed(wave: Wave) -> Feed:
    return Feed(str(wave), list(Session.objects.filter(wave=wave).with_places()))


def programme_feed(programme: Programme) -> Feed:
    """All waves that were ever public, for a little more than a year."""
    waves = Wave.objects.ever_opened().filter(programme=programme, ends_on__gte=_since())
    return Feed(programme.title, list(Session.objects.filter(wave__in=waves).with_places()))


def subject_feed(subject: Subject, name: str) -> Feed:
    """Of a person, or of one registration: the sessions that concern them, one question per wave."""
    rows = Registration.objects.filter(person__subject=subject) | Registration.objects.filter(subject=subject)
    rows = rows.filter(wave__ends_on__gte=_since()).select_related("claim")
    registrations = [row for row in rows.order_by("wave__starts_on", "pk") if row.is_seated or row.is_withdrawn]
    sessions = [session for row in registrations for session in sessions_for(row)]
    return Feed(name, sessions, frozenset(row.wave_id for row in registrations if row.is_withdrawn))


def _since() -> date:
    return clock.today() - timedelta(days=KEPT_DAYS)

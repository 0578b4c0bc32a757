"""Which sessions a calendar feed shows: those of a wave, of a programme, or of one person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from enggang.core import clock
from enggang.core.models import Subject
from enggang.seats.models import Claim
from enggang.training.models import Programme, Registration, Session, Wave
from enggang.training.queries.concerned import sessions_for

KEPT_DAYS = 400


@dataclass(frozen=True, slots=True)
class Shift:
    """What one reader's coming and going adds to the events of a wave: ``off`` while their seat is given back.

    ``by`` is added to SEQUENCE and only grows: one for each seat given back and one for each taken again, last ``at``.
    """

    off: bool
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """``shifts`` by wave (id): none for who took a seat once and has it."""

    name: str
    sessions: list[Session]
    shifts: dict[int, Shift] = field(default_factory=dict)


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
    sessions = [session for row in registrations for session in _sessions(row)]
    return Feed(name, sessions, _shifts(registrations))


def _sessions(row: Registration) -> list[Session]:
    """Whoever gave the seat back has left their classes too, and is told that all of the wave is off."""
    return list(Session.objects.filter(wave=row.wave_id).with_places()) if row.is_withdrawn else sessions_for(row)


def _shifts(registrations: list[Registration]) -> dict[int, Shift]:
    """One query: every claim that a person ever had in the offers of these registrations."""
    claims: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    offers, holders = [row.claim.offer_id for row in registrations], [row.claim.holder_id for row in registrations]
    for claim in Claim.objects.filter(offer__in=offers, holder__in=holders).order_by("pk"):
        claims[claim.offer_id, claim.holder_id].append(claim)
    found = {}
    for row in registrations:
        mine = claims[row.claim.offer_id, row.claim.holder_id]
        by = 2 * (len(mine) - 1) + row.is_withdrawn
        if by:
            found[row.wave_id] = Shift(row.is_withdrawn, by, row.claim.released_at or row.registered_at)
    return found


def _since() -> date:
    return clock.today() - timedelta(days=KEPT_DAYS)

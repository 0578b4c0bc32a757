"""Which sessions concern whom: those for everyone, and those of the classes a participant sits in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from enggang.attendance.enums import OccasionState, Status
from enggang.attendance.models import Mark
from enggang.attendance.queries.presence import Presence
from enggang.core import clock
from enggang.training.enums import SessionState
from enggang.training.models import ClassPlace, Registration, Session, Wave

EXCUSED = (Status.EXCUSED, Status.SICK)
LATE_MARKS = timedelta(hours=24)  # phones without signal and lists on paper arrive after the session


def concerns(session: Session, classes: set[int]) -> bool:
    return session.klass_id is None or session.klass_id in classes


def sessions_for(registration: Registration) -> list[Session]:
    """The sessions of one participant, called-off ones among them. Two queries."""
    classes = set(registration.class_places.values_list("klass_id", flat=True))
    rows = Session.objects.filter(wave=registration.wave_id).with_places()
    return [row for row in rows if concerns(row, classes)]


def audience_of_occasion(occasion_id: int) -> frozenset[int] | None:
    """The persons (subject ids) whom an occasion's planned sessions concern; None when they are for everyone.

    An occasion whose sessions were all called off is for whom it was for before.
    """
    sessions = list(Session.objects.filter(occasion=occasion_id).values_list("klass_id", "state"))
    planned = {klass for klass, state in sessions if state == SessionState.PLANNED}
    classes = planned or {klass for klass, _state in sessions}
    if not classes or None in classes:
        return None
    places = ClassPlace.objects.filter(klass__in=[klass for klass in classes if klass])
    return frozenset(places.values_list("registration__person__subject_id", flat=True))


def classes_by_registration(wave: Wave) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    places = ClassPlace.objects.filter(klass__wave=wave)
    for registration_id, klass_id in places.values_list("registration_id", "klass_id"):
        found[registration_id].add(klass_id)
    return found


@dataclass(frozen=True, slots=True)
class Credit:
    """What one participant has of the planned sessions that concern them: counts of sessions, and their JP.

    ``lapsed`` are those whose list is closed without a mark of theirs: missed, as far as anybody knows.
    """

    seen: Presence
    jp: int
    jp_planned: int
    lapsed: int = 0


def closed_occasions(sessions: Iterable[Session], marked: Collection[int]) -> frozenset[int]:
    """The occasions of these sessions whose list is closed: over for ``LATE_MARKS``, and somebody was marked there.

    One at which nobody was marked was not taken at all: it says nothing of anybody.
    """
    before = clock.now() - LATE_MARKS
    return frozenset(row.occasion_id for row in sessions if row.ends_at <= before and row.occasion_id in marked)


def credits_of(wave: Wave, only: Registration | None = None) -> dict[int, Credit]:
    """Every participant, or ``only`` one, by registration id. Several sessions may share one signature; each counts by
    itself. Five queries for any size.
    """
    sessions = _counted(wave)
    classes, marks, closed = classes_by_registration(wave), _marks(wave, only), _closed(wave, sessions)
    rows = wave.registrations.filter(**({"pk": only.pk} if only else {})).values_list("pk", "person__subject_id")
    return {pk: _count(sessions, classes.get(pk, set()), marks.get(holder, {}), closed) for pk, holder in rows}


def _counted(wave: Wave) -> list[Session]:
    """The planned sessions of a wave in order of time, each knowing its wave without asking."""
    rows = wave.sessions.planned().filter(occasion__state=OccasionState.PLANNED).order_by("day", "begins", "pk")
    found = list(rows)
    for row in found:
        row.wave = wave
    return found


def _closed(wave: Wave, sessions: list[Session]) -> frozenset[int]:
    rows = Mark.objects.filter(occasion__in=[row.occasion_id for row in sessions])
    return closed_occasions(sessions, set(rows.values_list("occasion_id", flat=True).distinct()))


def presence_of(wave: Wave) -> dict[int, Presence]:
    """Presence over the planned sessions that concern each participant, by registration id."""
    return {pk: credit.seen for pk, credit in credits_of(wave).items()}


@dataclass(frozen=True, slots=True)
class Missed:
    """A session a participant was not present at; ``status`` is None when nobody has marked them, ``closed`` when nobody
    is expected to any more."""

    session: Session
    status: Status | None
    closed: bool = False


def missed_of(wave: Wave) -> dict[int, list[Missed]]:
    """By registration id: the planned sessions that concern them and where they were not present, in order of time."""
    sessions = _counted(wave)
    classes, marks, closed = classes_by_registration(wave), _marks(wave), _closed(wave, sessions)
    rows = wave.registrations.values_list("pk", "person__subject_id")
    return {pk: _missed(sessions, classes.get(pk, set()), marks.get(holder, {}), closed) for pk, holder in rows}


def _missed(sessions: list[Session], classes: set[int], marks: dict[int, str], closed: frozenset[int]) -> list[Missed]:
    statuses = [(row, marks.get(row.occasion_id)) for row in sessions if concerns(row, classes)]
    away = [(row, mark) for row, mark in statuses if mark != Status.PRESENT]
    return [Missed(row, Status(mark) if mark else None, row.occasion_id in closed) for row, mark in away]


def _marks(wave: Wave, only: Registration | None = None) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Mark.objects.filter(occasion__group=wave.subject_id, occasion__state=OccasionState.PLANNED)
    if only is not None:
        rows = rows.filter(holder=only.person.subject_id)
    for holder_id, occasion_id, status in rows.values_list("holder_id", "occasion_id", "status"):
        found[holder_id][occasion_id] = status
    return found


def _count(sessions: list[Session], classes: set[int], marks: dict[int, str], closed: frozenset[int]) -> Credit:
    mine = [row for row in sessions if concerns(row, classes)]
    seen = [marks[row.occasion_id] for row in mine if row.occasion_id in marks]
    excused = sum(status in EXCUSED for status in seen)
    presence = Presence(seen.count(Status.PRESENT), excused, len(mine), seen.count(Status.ABSENT))
    jp = sum(row.jp for row in mine if marks.get(row.occasion_id) == Status.PRESENT)
    lapsed = sum(row.occasion_id in closed and row.occasion_id not in marks for row in mine)
    return Credit(presence, jp, sum(row.jp for row in mine), lapsed)

"""Which sessions concern whom: those for everyone, and those of the classes a participant sits in."""

from __future__ import annotations

from collections import defaultdict

from enggang.attendance.enums import OccasionState, Status
from enggang.attendance.models import Mark, Occasion
from enggang.attendance.queries.presence import Presence
from enggang.training.models import ClassPlace, Registration, Session, Wave

EXCUSED = (Status.EXCUSED, Status.SICK)


def concerns(session: Session, classes: set[int]) -> bool:
    return session.klass_id is None or session.klass_id in classes


def sessions_for(registration: Registration) -> list[Session]:
    """The sessions of one participant, called-off ones among them. Two queries."""
    classes = set(registration.class_places.values_list("klass_id", flat=True))
    rows = Session.objects.filter(wave=registration.wave_id).with_places()
    return [row for row in rows if concerns(row, classes)]


def classes_by_registration(wave: Wave) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    places = ClassPlace.objects.filter(klass__wave=wave)
    for registration_id, klass_id in places.values_list("registration_id", "klass_id"):
        found[registration_id].add(klass_id)
    return found


def presence_of(wave: Wave) -> dict[int, Presence]:
    """Presence of every participant over the planned occasions that concern them, by registration id.

    An occasion concerns whoever one of its planned sessions concerns. Five queries for any size.
    """
    audience = _audiences(wave)
    classes, marks = classes_by_registration(wave), _marks(wave)
    rows = wave.registrations.values_list("pk", "person__subject_id")
    return {pk: _count(audience, classes.get(pk, set()), marks.get(holder, {})) for pk, holder in rows}


def _audiences(wave: Wave) -> dict[int, set[int | None]]:
    """Planned occasions with the classes of their sessions; None stands for everyone."""
    found: dict[int, set[int | None]] = defaultdict(set)
    for occasion_id, klass_id in wave.sessions.planned().values_list("occasion_id", "klass_id"):
        found[occasion_id].add(klass_id)
    planned = Occasion.objects.planned().filter(group=wave.subject_id).values_list("pk", flat=True)
    return {pk: found.get(pk, {None}) for pk in planned}


def _marks(wave: Wave) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Mark.objects.filter(occasion__group=wave.subject_id, occasion__state=OccasionState.PLANNED)
    for holder_id, occasion_id, status in rows.values_list("holder_id", "occasion_id", "status"):
        found[holder_id][occasion_id] = status
    return found


def _count(audience: dict[int, set[int | None]], classes: set[int], marks: dict[int, str]) -> Presence:
    mine = [pk for pk, classes_there in audience.items() if None in classes_there or classes_there & classes]
    seen = [marks[pk] for pk in mine if pk in marks]
    excused = sum(status in EXCUSED for status in seen)
    return Presence(seen.count(Status.PRESENT), excused, len(mine), seen.count(Status.ABSENT))

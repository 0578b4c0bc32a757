"""Who teaches whom in a wave: from its schedule and its classes."""

from __future__ import annotations

from collections import defaultdict

from enggang.people.models import Person
from enggang.training.models import Registration, Session, WaveClass, WaveSurvey

Taught = dict[Person, set[int | None]]


def instructors_of(wave_id: int) -> Taught:
    """By instructor, in the order of the schedule: the classes they teach; None among them is the whole wave."""
    found: Taught = defaultdict(set)
    for session in (
        Session.objects.planned().filter(wave=wave_id).select_related("instructor", "klass__instructor").with_teachers()
    ):
        for person in session.teachers:
            found[person].add(session.klass_id)
    for klass in WaveClass.objects.filter(wave=wave_id).exclude(instructor=None).select_related("instructor"):
        if klass.instructor:
            found[klass.instructor].add(klass.pk)
    return found


def are_asked(registration: Registration, rows: list[WaveSurvey]) -> list[WaveSurvey]:
    """Those of ``rows`` that this participant is asked: of the instructors, only those who taught them."""
    if not any(row.person_id for row in rows):
        return rows
    taught = {person.pk: classes for person, classes in instructors_of(registration.wave_id).items()}
    own = {None, *registration.class_places.values_list("klass_id", flat=True)}
    return [row for row in rows if row.person_id is None or own & taught.get(row.person_id, set())]

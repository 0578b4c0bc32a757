from __future__ import annotations

from enggang.attendance.models import Proof
from enggang.training.models import Registration, Session
from enggang.training.queries.concerned import concerns


def sessions_to_miss(registration: Registration) -> list[Session]:
    """The planned sessions that concern a participant, each with its occasion. Two queries."""
    classes = set(registration.class_places.values_list("klass_id", flat=True))
    rows = Session.objects.planned().filter(wave=registration.wave_id)
    rows = rows.select_related("wave", "occasion__organisation", "occasion__subject")
    return [row for row in rows if concerns(row, classes)]


def letters_of(registration: Registration) -> list[Proof]:
    """What the participant has handed in, the newest first. One query."""
    rows = Proof.objects.filter(holder=registration.person.subject_id, occasion__group=registration.wave.subject_id)
    return list(rows.select_related("occasion", "file"))

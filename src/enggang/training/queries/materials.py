"""Which materials are for whom: those of the whole wave, and those of the sessions that concern them."""

from __future__ import annotations

from enggang.training.models import Material, Registration
from enggang.training.queries.concerned import concerns


def materials_for(registration: Registration) -> list[Material]:
    """Two queries."""
    classes = set(registration.class_places.values_list("klass_id", flat=True))
    rows = Material.objects.shown().filter(wave=registration.wave_id)
    return [row for row in rows if row.session is None or concerns(row.session, classes)]

"""Reading what is sensitive of a person leaves a note, unless they read it themselves."""

from __future__ import annotations

from enggang.audit.domain.trail import record_reading
from enggang.core.actor import Actor
from enggang.people.models import Person


def note_reading(person: Person, field: str, actor: Actor) -> None:
    """``field`` is the name in the privacy register that stands for the page."""
    if actor.user_id is None or person.user_id != actor.user_id:
        subject = person.subject
        record_reading(actor=actor, field=field, subject_code=subject.code, organisation_code=subject.organisation_code)

"""From a concept that somebody wrote to the events that grew from it, and back."""

from __future__ import annotations

from django.urls import reverse

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.models import Subject
from enggang.core.registries import EventConcept
from enggang.events.models import Event


def concept_by(code: str, actor: Actor) -> EventConcept | None:
    """What the noun with this public code proposes, as far as the actor may read it there."""
    subject = Subject.objects.filter(code=code[:24]).first()
    read = registries.event_concepts.get(subject.kind) if subject else None
    return read(code, actor) if read else None


def origin_of(concept: Subject | None) -> str:
    """Where an event's concept came from, as a sentence; its kind is known to another app."""
    known = registries.concept_origins.get(concept.kind) if concept else None
    return str(known) if known else ""


def grown_from(concept_id: int, actor: Actor) -> list[tuple[str, str]]:
    """The events that grew from a concept: name, and address for who may open it."""
    rows = Event.objects.filter(concept_id=concept_id).with_names()
    seen = set(Event.objects.visible_to(actor).filter(concept_id=concept_id).values_list("pk", flat=True))
    return [(row.name, reverse("events:event", args=[row.code]) if row.pk in seen else "") for row in rows]

"""Event concepts that participants handed in: what whoever keeps events may take up."""

from __future__ import annotations

from django.urls import reverse

from enggang.core.actor import Actor
from enggang.core.registries import ConceptPart, EventConcept
from enggang.training import rules
from enggang.training.enums import CONCEPT_PARTS
from enggang.training.models import HandIn, HandInVersion, Work
from enggang.training.queries.coursework import hand_ins_with_names


def concept_parts(version: HandInVersion) -> list[ConceptPart]:
    """What an event concept says: each part that was filled, under its heading."""
    said = version.concept
    return [ConceptPart(key, label, said[key]) for key, label in CONCEPT_PARTS.items() if said.get(key)]


def accepted_parts(row: HandIn) -> list[ConceptPart]:
    """The parts of the latest version, once the work is accepted; nothing of any other work."""
    versions = row.versions.all()[:1] if row.is_accepted else []
    return [part for version in versions for part in concept_parts(version)]


def concept_in(code: str, actor: Actor) -> EventConcept | None:
    """The latest version of an accepted concept, for who sees the works of its wave."""
    row = hand_ins_with_names().filter(subject__code=code).first()
    if row is None or not sees(actor, row) or not (parts := accepted_parts(row)):
        return None
    work = Work.objects.filter(version__hand_in=row, withdrawn_at=None).first()
    url, agency = reverse("training:hand_in", args=[code]), row.assignment.wave.organisation_id
    return EventConcept(row.subject_id, work.title if work else "", parts, url, agency)


def sees(actor: Actor, row: HandIn) -> bool:
    wave = row.assignment.wave
    return rules.may_grade(actor, wave) or rules.sees_participants(actor, wave)

"""A noun that has public pages, as its agency sees it: what visitors know of it, and who may share it."""

from __future__ import annotations

from typing import NamedTuple

from enggang.core import registries
from enggang.core.models import Subject
from enggang.core.registries import PublicFace
from enggang.core.wordings import ORIGINAL
from enggang.places.models import Organisation


class Shown(NamedTuple):
    """``face`` is None as long as visitors may know nothing of it."""

    subject: Subject
    organisation: Organisation
    face: PublicFace | None


def face_of(subject: Subject, language: str = ORIGINAL) -> PublicFace | None:
    read = registries.public_faces.get(subject.kind)
    return read(subject.code, language) if read else None


def shown_by(code: str) -> Shown | None:
    """The noun with this public code, if its kind is one that visitors read."""
    subject = Subject.objects.filter(code=code[:16]).first()
    if subject is None or subject.kind not in registries.public_faces:
        return None
    organisation = Organisation.objects.filter(subject__code=subject.organisation_code).first()
    return Shown(subject, organisation, face_of(subject)) if organisation else None

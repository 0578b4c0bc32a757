"""What visitors know of an event or of one of its editions, for short links, posters and the figures of its pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core import clock, registries
from enggang.core.public import words_in
from enggang.core.registries import Aim, PublicFace
from enggang.events.models import Edition, Event
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.pages import Face, chosen, face_of, faces_of, parts_told, shown_editions, slug_of
from enggang.events.queries.visitors import REGISTERING

PAGE = gettext_lazy("The page for visitors")


def event_face(code: str, language: str) -> PublicFace | None:
    """Of the edition that is on or comes next, else of the last one."""
    row = Event.objects.with_names().filter(subject__code=code, pk__in=shown_editions().values("event")).first()
    face = chosen(face_of(row, language).editions, clock.today()) if row else None
    return _face(face, language) if face else None


def edition_face(code: str, language: str) -> PublicFace | None:
    row = shown_editions().with_names().filter(subject__code=code).first()
    return _face(faces_of([row], language)[0], language) if row else None


def _face(face: Face, language: str) -> PublicFace:
    edition = face.edition
    page = registries.public_pages["event"](slug=slug_of(edition.event), language=language)
    with translation.override(words_in(language)):
        when = days_in_words(edition.starts_on, edition.ends_on) or _("Days to be announced")
    place = edition.event.place or (str(edition.event.venue) if edition.event.venue else "")
    return PublicFace(
        title=face.name.text, aims={"page": Aim(PAGE, page), **_registration(edition)}, counted=edition.event.code, when=when,
        where=", ".join(filter(None, (place, str(edition.event.region)))),
        by=", ".join(host.name for host in edition.organisers.all()),
    )  # fmt: skip


def _registration(edition: Edition) -> dict[str, Aim]:
    if edition.stage not in REGISTERING or not parts_told(edition):
        return {}
    return {"registration": Aim(gettext_lazy("Registration"), reverse("events:visit", args=[edition.code]))}

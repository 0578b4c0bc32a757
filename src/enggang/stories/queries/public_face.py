"""What visitors know of a destination or a story, for short links, posters and the figures of its pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.registries import Aim, PublicFace
from enggang.core.wordings import text_in, wordings_of
from enggang.stories.models import Destination, Story

PAGE = _("The page for visitors")
SITE = "situs"  # the key of a destination's own site


def destination_face(code: str, language: str) -> PublicFace | None:
    row = Destination.objects.published().with_names().filter(subject__code=code).first()
    if row is None:
        return None
    known = wordings_of([row.subject], language).get(row.subject_id, {})
    page = registries.public_pages["destination"](slug=row.slug, language=language)
    return PublicFace(
        title=text_in(known, "name", row.name).text, aims={"page": Aim(PAGE, page)}, counted=code,
        when=text_in(known, "opening", row.opening).text, where=", ".join(filter(None, (row.address, str(row.region)))),
        outside={SITE: row.website} if row.website else {},
    )  # fmt: skip


def story_face(code: str, language: str) -> PublicFace | None:
    row = Story.objects.released().with_names().filter(subject__code=code).first()
    if row is None:
        return None
    known = wordings_of([row.subject], language).get(row.subject_id, {})
    page = registries.public_pages[row.page_name](slug=row.slug, language=language)
    where = str(row.region) if row.region else ""
    title = text_in(known, "title", row.title).text
    return PublicFace(title=title, aims={"page": Aim(PAGE, page)}, counted=code, where=where)

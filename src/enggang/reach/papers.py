"""The poster of a short link, in the language it leads to."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.public import words_in
from enggang.core.registries import PublicFace
from enggang.documents.rendering.poster import PosterPaper, can_be_set, render_poster
from enggang.reach.enums import Paper
from enggang.reach.models import ShortLink
from enggang.reach.queries.nouns import Shown, face_of

WITHOUT_LETTERS = ("zh",)  # no shipped font has them


def is_printable(link: ShortLink, shown: Shown) -> bool:
    """Whether a poster can be set: the page is public, and the fonts on board have its letters."""
    face = shown.face
    return (
        face is not None and link.aim in face.aims and link.language not in WITHOUT_LETTERS and can_be_set(face.title)
    )


def poster_of(link: ShortLink, shown: Shown, paper: Paper) -> bytes:
    """A PDF, outside any transaction. Raises Refused when the fonts lack a letter."""
    face = face_of(shown.subject, link.language)
    if face is None:
        raise ValueError("a poster is made of what visitors may know")
    with translation.override(words_in(link.language)):
        return render_poster(_paper(link, face, paper, shown))


def _paper(link: ShortLink, face: PublicFace, paper: Paper, shown: Shown) -> PosterPaper:
    call = _("Register here") if link.aim == "registration" else _("Read more here")
    return PosterPaper(
        size=str(paper), language=link.language, title=face.title, when=face.when, where=face.where,
        by=face.by or str(shown.organisation), call=call, printed=link.printed, address=link.address,
        alt=_("Square code of the address %(address)s") % {"address": link.printed},
        day=clock.today(shown.organisation.time_zone),
    )  # fmt: skip

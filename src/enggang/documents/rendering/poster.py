"""A poster as PDF: what, when, where, and a square code to a page, large enough to be scanned from two metres."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enggang.documents.rendering.compiler import template
from enggang.documents.rendering.qr import svg
from enggang.documents.rendering.typography import Unprintable, breakable, cleaned

DRAWING = "poster/1"


@dataclass(frozen=True, slots=True)
class PosterPaper:
    """``size`` is ``a4`` or ``a3``; ``address`` is what the square code says, ``printed`` the same for those who type it."""

    size: str
    language: str
    title: str
    when: str
    where: str
    by: str
    call: str
    printed: str
    address: str
    alt: str
    day: date


def can_be_set(text: str) -> bool:
    """Whether the fonts on board have every letter of it."""
    try:
        cleaned(text)
    except Unprintable:
        return False
    return True


def render_poster(poster: PosterPaper) -> bytes:
    """A PDF/A-3a and PDF/UA-1 file of one page. Raises Unprintable; call it outside any transaction."""
    texts = {
        name: breakable(cleaned(getattr(poster, name))) for name in ("title", "when", "where", "by", "call", "alt")
    }
    data = {**texts, "lang": poster.language, "size": poster.size, "printed": poster.printed}
    return template(DRAWING).draw(data, poster.day, {"code.svg": svg(poster.address, "#0b3027").encode()})

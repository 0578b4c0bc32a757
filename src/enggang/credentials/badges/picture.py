"""The picture of a badge, drawn here, with the credential baked in."""

from __future__ import annotations

from enggang.credentials.badges.baking import bake
from enggang.credentials.models import Award
from enggang.documents.rendering.compiler import template
from enggang.documents.rendering.typography import breakable, cleaned
from enggang.documents.rendering.wording import long_date

TEMPLATE = "badge/1"
HEADING = "Sertifikat Pelatihan"


def is_drawn_here(award: Award, png: bytes) -> bool:
    """Whether a baked picture shows what we draw for the award today, pixel for pixel; what is baked in is not looked at."""
    return bake(png, b"") == baked_picture(award, b"")


def baked_picture(award: Award, content: bytes) -> bytes:
    """A PNG of 600 × 600 pixels with ``content`` in it; the same award gives the same bytes. Takes some 20 ms."""
    hours = f"{award.hours} JP · " if award.hours else ""
    drawn = template(TEMPLATE).picture(
        {
            "heading": HEADING,
            "title": breakable(cleaned(award.title)),
            "issuer": breakable(cleaned(award.issuer_name)),
            "line": hours + long_date(award.issued_on),
            "specimen": award.specimen,
        }
    )
    return bake(drawn, content)

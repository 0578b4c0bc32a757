"""What is read of destinations: the facts of a revision, what is missing, a page in a language, its neighbours."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from enggang.core import wordings
from enggang.core.wordings import Text, Translation, languages_of, text_in, wordings_of
from enggang.places.enums import FOR_DISABLED
from enggang.stories.models import Amenity, Destination, Revision
from enggang.stories.models.destination import NEEDED, TRANSLATED

FACTS = (
    "name", "kind", "summary", "description", "opening", "fees", "is_free", "reaching", "access", "address", "latitude",
    "longitude", "website", "phone", "source",
)  # fmt: skip
DAY = "checked_on"
NEAR = 6


def facts_of(row: Destination) -> dict[str, Any]:
    """What a revision keeps, as plain values. The regency stays: a place does not move."""
    facts = {name: getattr(row, name) for name in FACTS}
    day = row.checked_on.isoformat() if row.checked_on else None
    return {**facts, DAY: day, "facilities": sorted(row.amenities.values_list("kind", flat=True))}


def gaps_of(row: Destination) -> list[str]:
    """What must be there before the public reads it, in the reader's words."""
    wanted = {
        _("a sentence that says what it is"): row.summary,
        _("a description"): row.description,
        _("where the facts are from"): row.source,
        _("the day on which they were checked"): row.checked_on,
    }
    return [what for what, value in wanted.items() if not value]


class Changed(NamedTuple):
    label: str
    was: Any
    now: Any


def changes_since(revision: Revision) -> list[Changed]:
    """What a revision said otherwise than the page does now."""
    row = revision.destination
    now = facts_of(row)
    return [
        Changed(_label(name), was, now.get(name)) for name, was in revision.facts.items() if was != now.get(name)
    ]  # fmt: skip


def _label(name: str) -> str:
    return _("facilities") if name == "facilities" else str(Destination._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def originals_of(row: Destination) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in TRANSLATED}


def translations_of(row: Destination) -> list[Translation]:
    return wordings.translations_of(row.subject, originals_of(row), NEEDED, {name: _label(name) for name in TRANSLATED})


class Page(NamedTuple):
    destination: Destination
    texts: dict[str, Text]
    languages: list[str]
    facilities: list[Amenity]
    for_disabled: list[Amenity]
    near: list[Destination]


def page_of(row: Destination, language: str) -> Page:
    """A published page in a language: each text in that language where it is checked, else in Indonesian."""
    known = wordings_of([row.subject], language).get(row.subject_id, {})
    amenities = list(row.amenities.all())
    near = Destination.objects.published().with_names().filter(region=row.region_id).exclude(pk=row.pk)[:NEAR]
    return Page(
        row,
        {name: text_in(known, name, text) for name, text in originals_of(row).items()},
        languages_of(row.subject, NEEDED),
        [each for each in amenities if each.kind not in FOR_DISABLED],
        [each for each in amenities if each.kind in FOR_DISABLED],
        list(near),
    )


class Card(NamedTuple):
    """A destination in a list."""

    destination: Destination
    name: Text
    summary: Text


def cards_of(rows: list[Destination], language: str) -> list[Card]:
    """In one question for all of them."""
    known = wordings_of([each.subject for each in rows], language)
    return [
        Card(each, text_in(texts, "name", each.name), text_in(texts, "summary", each.summary))
        for each in rows
        for texts in [known.get(each.subject_id, {})]
    ]

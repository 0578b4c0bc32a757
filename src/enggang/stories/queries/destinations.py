"""What is read of destinations: the facts of a revision, what is missing, a page in a language, its neighbours."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from enggang.core.enums import WordingState
from enggang.core.models import Wording
from enggang.core.wordings import LANGUAGES, ORIGINAL, is_stale, languages_of, wordings_of
from enggang.stories.enums import FOR_DISABLED
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


class Translation(NamedTuple):
    """A language as its translator sees it: how many texts stand, are checked, and are older than their original."""

    language: str
    label: str
    written: int
    checked: int
    stale: list[str]
    wanted: int

    @property
    def is_shown(self) -> bool:
        return self.checked >= self.wanted > 0


def translations_of(row: Destination) -> list[Translation]:
    rows: dict[str, list[Wording]] = {code: [] for code in LANGUAGES}
    for wording in Wording.objects.filter(subject=row.subject):
        rows.setdefault(wording.language, []).append(wording)
    return [_translation(row, code, label, rows[code]) for code, label in LANGUAGES.items()]


def _translation(row: Destination, code: str, label: str, wordings: list[Wording]) -> Translation:
    needed = [each for each in wordings if each.field in NEEDED]
    checked = [each for each in needed if each.state == WordingState.CHECKED]
    stale = [_label(each.field) for each in wordings if is_stale(each, str(getattr(row, each.field)))]
    return Translation(code, label, len(wordings), len(checked), stale, len(NEEDED))


class Text(NamedTuple):
    """``language`` is that of the text itself, which may not be that of the page."""

    text: str
    language: str


class Page(NamedTuple):
    destination: Destination
    texts: dict[str, Text]
    languages: list[str]
    facilities: list[Amenity]
    for_disabled: list[Amenity]
    near: list[Destination]


def page_of(row: Destination, language: str) -> Page:
    """A published page in a language: each text in that language where it is checked, else in Indonesian."""
    wordings = wordings_of([row.subject], language).get(row.subject_id, {})
    amenities = list(row.amenities.all())
    near = Destination.objects.published().with_names().filter(region=row.region_id).exclude(pk=row.pk)[:NEAR]
    return Page(
        row,
        {name: _text(row, name, wordings) for name in TRANSLATED},
        languages_of(row.subject, NEEDED),
        [each for each in amenities if each.kind not in FOR_DISABLED],
        [each for each in amenities if each.kind in FOR_DISABLED],
        list(near),
    )


def _text(row: Destination, name: str, wordings: dict[str, Wording]) -> Text:
    known = wordings.get(name)
    if known is not None and known.state == WordingState.CHECKED:
        return Text(known.text, known.language)
    return Text(str(getattr(row, name)), ORIGINAL)


class Card(NamedTuple):
    """A destination in a list."""

    destination: Destination
    name: Text
    summary: Text


def cards_of(rows: list[Destination], language: str) -> list[Card]:
    """In one question for all of them."""
    known = wordings_of([each.subject for each in rows], language)
    return [
        Card(each, _text(each, "name", texts), _text(each, "summary", texts))
        for each in rows
        for texts in [known.get(each.subject_id, {})]
    ]

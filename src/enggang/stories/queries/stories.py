"""What is read of stories: the facts of a version, what is missing, a story in a language with its works and cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core import wordings
from enggang.core.models import Wording
from enggang.core.wordings import Text, Translation, languages_of, text_in, wordings_of
from enggang.media.models import Asset
from enggang.media.queries.gallery import gallery
from enggang.media.queries.gate import is_shown, with_gate
from enggang.media.queries.photos import Photo, told
from enggang.stories.blocks import Block, field_of
from enggang.stories.enums import BlockKind
from enggang.stories.models import Destination, Story
from enggang.stories.queries.destinations import Card, cards_of

FACTS = ("title", "summary", "byline", "blocks")
LABELS = {"title": gettext_lazy("title"), "summary": gettext_lazy("in one sentence")}


def facts_of(row: Story) -> dict[str, Any]:
    """What a version keeps, as plain values."""
    return {**{name: getattr(row, name) for name in FACTS}, "cover": row.cover.code if row.cover else ""}


def works_of(blocks: Iterable[Block]) -> list[str]:
    return list(dict.fromkeys(code for block in blocks for code in block.get("works", ())))


def gaps_of(row: Story) -> list[str]:
    """What must be there before the public reads it: words, and works that everybody may see, each with its description."""
    found = [] if row.summary else [_("a sentence that says what it is")]
    if not row.blocks:
        found.append(_("at least one part"))
    codes = [*works_of(row.blocks), *([row.cover.code] if row.cover else [])]
    films = set(works_of([block for block in row.blocks if block["kind"] == BlockKind.VIDEO]))
    known = {each.code: each for each in with_gate(Asset.objects.with_names()).filter(subject__code__in=codes)}
    for code in dict.fromkeys(codes):
        work = known.get(code)
        if work is None:
            found.append(_("the work %(code)s, which is not in the library") % {"code": code})
        elif code in films and work.is_photo:
            found.append(_("a video in the place of «%(title)s», which is a photo") % {"title": work})
        elif not work.alt_id:
            found.append(_("a description of «%(title)s» for those who cannot see it") % {"title": work})
        elif not is_shown(work):
            found.append(_("that everybody may see «%(title)s»") % {"title": work})
    return found


# -- languages --------------------------------------------------------------------------------------------


def originals_of(row: Story) -> dict[str, str]:
    """Every text by the field that its translations are kept under."""
    parts = {field_of(block): block["text"] for block in row.blocks if block["text"]}
    return {"title": row.title, "summary": row.summary, **parts}


def needed_of(originals: Mapping[str, str]) -> list[str]:
    return [name for name, text in originals.items() if text]


def labels_of(row: Story) -> dict[str, Any]:
    """Names of the texts for whoever translates: of a part its place and kind. A part that is gone has only its number."""
    parts = {
        field_of(block): f"{number}. {BlockKind(block['kind']).label}" for number, block in enumerate(row.blocks, 1)
    }
    gone = {wording.field: wording.field for wording in Wording.objects.filter(subject=row.subject)}
    return {**gone, **LABELS, **parts}


def translations_of(row: Story) -> list[Translation]:
    originals = originals_of(row)
    return wordings.translations_of(row.subject, originals, needed_of(originals), labels_of(row))


# -- as it is read ----------------------------------------------------------------------------------------


class Part(NamedTuple):
    """A block with what it points at. ``about`` is the code of an event: whoever shows the story finds its card."""

    block: Block
    kind: str
    text: Text
    photos: list[Photo]
    card: Card | None

    @property
    def about(self) -> str:
        return str(self.block.get("about", ""))


class StoryPage(NamedTuple):
    story: Story
    title: Text
    summary: Text
    parts: list[Part]
    languages: list[str]
    cover: Photo | None


def page_of(row: Story, language: str) -> StoryPage:
    """Works that may not be shown are left out, whatever the story says; so are destinations that are withdrawn."""
    known = wordings_of([row.subject], language).get(row.subject_id, {})
    codes = [*works_of(row.blocks), *([row.cover.code] if row.cover else [])]
    photos = {photo.code: photo for photo in told(gallery().filter(subject__code__in=codes), language)} if codes else {}
    cards = _cards(row.blocks, language)
    parts = [_part(block, known, photos, cards) for block in row.blocks]
    return StoryPage(
        row, text_in(known, "title", row.title), text_in(known, "summary", row.summary),
        [part for part in parts if part.text.text or part.photos or part.card or part.about or part.kind == BlockKind.MAP],
        languages_of(row.subject, needed_of(originals_of(row))), photos.get(row.cover.code) if row.cover else None,
    )  # fmt: skip


def _part(block: Block, known: Mapping[str, Wording], photos: Mapping[str, Photo], cards: Mapping[str, Card]) -> Part:
    kind = block["kind"]
    shown = [photos[code] for code in block.get("works", ()) if code in photos]
    card = cards.get(block["about"]) if kind == BlockKind.DESTINATION else None
    if kind == BlockKind.DESTINATION and card is None:
        block = {**block, "about": ""}
    return Part(block, kind, text_in(known, field_of(block), block["text"]), shown, card)


def _cards(blocks: Iterable[Block], language: str) -> dict[str, Card]:
    slugs = [block["about"] for block in blocks if block["kind"] == BlockKind.DESTINATION]
    rows = list(Destination.objects.published().with_names().filter(slug__in=slugs)) if slugs else []
    return {card.destination.slug: card for card in cards_of(rows, language)}


class StoryCard(NamedTuple):
    story: Story
    title: Text
    summary: Text
    cover: Photo | None


def story_cards(rows: Sequence[Story], language: str) -> list[StoryCard]:
    """In the order given; the same number of questions for any number."""
    known = wordings_of([row.subject for row in rows], language)
    covers = [row.cover_id for row in rows if row.cover_id]
    photos = {photo.asset.pk: photo for photo in told(gallery().filter(pk__in=covers), language)} if covers else {}
    return [
        StoryCard(row, text_in(texts, "title", row.title), text_in(texts, "summary", row.summary), photos.get(row.cover_id or 0))
        for row in rows
        for texts in [known.get(row.subject_id, {})]
    ]  # fmt: skip

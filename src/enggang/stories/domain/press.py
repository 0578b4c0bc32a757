"""A press release that drafts itself: sentences from what is on record, in Indonesian and English, with cleared photos."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.models import Subject
from enggang.core.registries import PressFacts
from enggang.core.text import one_line
from enggang.places.models import Organisation, Region
from enggang.stories import rules
from enggang.stories.blocks import LONGEST, MOST_WORKS, field_of
from enggang.stories.domain.stories import open_story, translate_story
from enggang.stories.enums import BlockKind, Genre, PageState
from enggang.stories.models import Story
from enggang.stories.queries.press import cleared_photos

DRAFTED = ("en",)


@act("stories.draft_release")
def draft_release(*, subject: Subject, organisation: Organisation, facts: PressFacts, actor: Actor) -> Story:
    """A draft like any other story: it is edited, reviewed and released by people. One that stands as a draft already is
    the answer, so that a second press of the button makes no second draft. The English text is a draft too."""
    require(rules.may_write(actor, organisation))
    record_subject(subject)
    standing = Story.objects.filter(about=subject, genre=Genre.PRESS, state=PageState.DRAFT)
    if found := standing.with_names().first():
        return found
    if not facts.paragraphs["id"] and not facts.summary["id"]:
        raise Conflict(_("Nothing is on record yet that a release could tell."))
    codes = [photo.code for photo in cleared_photos(facts)]
    region = Region.objects.filter(pk=facts.region).first() if facts.region else None
    row = open_story(
        organisation=organisation, title=facts.title["id"], summary=one_line(facts.summary["id"], 300), region=region, actor=actor,
        byline=str(organisation), cover=codes[0] if codes else "", blocks=_blocks(facts, codes), genre=Genre.PRESS, about=subject,
    )  # fmt: skip
    for language in DRAFTED:
        translate_story(story=row, language=language, texts=_texts(row, facts, language), checked=False, actor=actor)
    record(photos=len(codes), release=row.code)
    return row


def _told(facts: PressFacts, language: str) -> list[str]:
    """What follows the first sentence, which stands above it; where nothing does, that sentence once more."""
    return list(facts.paragraphs[language]) or [facts.summary[language]]


def _blocks(facts: PressFacts, codes: list[str]) -> list[dict[str, Any]]:
    blocks = [{"kind": BlockKind.TEXT, "text": text[:LONGEST]} for text in _told(facts, "id")]
    if facts.card:
        blocks.append({"kind": BlockKind.EVENT, "what": facts.card})
    if codes:
        blocks.append({"kind": BlockKind.GALLERY, "what": " ".join(codes[:MOST_WORKS])})
    return blocks


def _texts(row: Story, facts: PressFacts, language: str) -> dict[str, str]:
    """By the fields that translations hang on; the paragraphs are the same ones in the same order."""
    told = _told(facts, language)
    blocks = [block for block in row.blocks if block["kind"] == BlockKind.TEXT]
    found = {field_of(block): text[:LONGEST] for block, text in zip(blocks, told, strict=False)}
    return {"title": one_line(facts.title[language], 160), "summary": one_line(facts.summary[language], 300), **found}

"""Press releases: what is on record of a noun, its cleared photos, the releases that tell of it, and one as a DOCX file."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.models import Subject
from enggang.core.public import words_in
from enggang.core.registries import PressFacts
from enggang.core.wordings import ORIGINAL
from enggang.documents.rendering.docx_press import Pictured, PressPaper, render_press_docx
from enggang.media.queries.photos import Photo, photos_about
from enggang.stories.blocks import MOST_WORKS
from enggang.stories.enums import WITH_TEXT, Genre
from enggang.stories.models import Story
from enggang.stories.models.story import StoryQuerySet
from enggang.stories.queries.stories import StoryPage, page_of


def press_facts_of(subject: Subject, actor: Actor) -> PressFacts | None:
    read = registries.press_facts.get(subject.kind)
    return read(subject.code, actor) if read else None


def cleared_photos(facts: PressFacts) -> list[Photo]:
    """Those about it that everybody may see at this moment, the newest first."""
    return photos_about(facts.about, ORIGINAL, MOST_WORKS)


def releases_about(subject: Subject) -> StoryQuerySet:
    return Story.objects.with_names().filter(about=subject, genre=Genre.PRESS)


def photos_of(page: StoryPage) -> list[Photo]:
    """Every photo of a release once, its picture first."""
    rows = [*([page.cover] if page.cover else []), *(photo for part in page.parts for photo in part.photos)]
    return list({photo.code: photo for photo in rows}.values())


def release_docx(row: Story, language: str) -> bytes:
    """As it stands, in a language; where a text is not checked in it, the Indonesian one. Outside any transaction."""
    page = page_of(row, language)
    texts = [(part.kind, part.text.text) for part in page.parts if part.kind in WITH_TEXT]
    photos = [
        Pictured(
            photo.asset.title,
            photo.credit.line or photo.credit.creator,
            str(photo.credit.licence_name),
            photo.credit.page,
        )
        for photo in photos_of(page)
    ]
    address = settings.PUBLIC_URL + registries.public_pages["release"](slug=row.slug, language=language)
    with translation.override(words_in(language)):
        paper = PressPaper(
            page.title.text, page.summary.text, str(row.organisation), row.published_at or row.changed_at, texts, photos,
            address if row.is_released and not row.is_ahead else "",
        )  # fmt: skip
        return render_press_docx(paper)

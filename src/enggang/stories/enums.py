from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DestinationKind(TextChoices):
    NATURE = "nature", _("Nature")
    COAST = "coast", _("Coast and islands")
    HERITAGE = "heritage", _("Heritage and palaces")
    MUSEUM = "museum", _("Museum")
    WORSHIP = "worship", _("House of worship")
    VILLAGE = "village", _("Village and longhouse")
    CITY = "city", _("In the city")


class Genre(TextChoices):
    STORY = "story", _("Story")
    PRESS = "press", _("Press release")


class PageState(TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("To be reviewed")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PAGE_MOVES = {
    PageState.DRAFT: frozenset({PageState.REVIEW}),
    PageState.REVIEW: frozenset({PageState.DRAFT, PageState.PUBLISHED}),
    PageState.PUBLISHED: frozenset({PageState.WITHDRAWN}),
    PageState.WITHDRAWN: frozenset({PageState.DRAFT}),
}


class BlockKind(TextChoices):
    """What a story is made of. Text is plain: nothing of it is ever read as markup."""

    TEXT = "text", _("Text")
    HEADING = "heading", _("Heading")
    PHOTO = "photo", _("Photo")
    GALLERY = "gallery", _("Several photos")
    VIDEO = "video", _("Video")
    MAP = "map", _("Point on the map")
    QUOTE = "quote", _("Quotation")
    EVENT = "event", _("Card of an event")
    DESTINATION = "destination", _("Card of a destination")


WITH_WORKS = (BlockKind.PHOTO, BlockKind.GALLERY, BlockKind.VIDEO)
WITH_TEXT = (BlockKind.TEXT, BlockKind.HEADING, BlockKind.QUOTE)

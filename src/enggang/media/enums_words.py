"""Languages of descriptions, themes of collections, channels outside, what was done with a work."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    INDONESIAN = "id", _("Indonesian")
    ENGLISH = "en", _("English")


class CollectionKind(TextChoices):
    EVENT = "event", _("An event")
    WAVE = "wave", _("A training wave")
    PLACE = "place", _("A place")
    THEME = "theme", _("A theme")


class UsageKind(TextChoices):
    DOWNLOAD = "download", _("Downloaded")
    EMBED = "embed", _("Shown on another site")
    SHARE = "share", _("Share kit fetched")


class PostingChannel(TextChoices):
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    FACEBOOK = "facebook", "Facebook"
    X = "x", "X"
    PRESS = "press", _("Press")
    PRINT = "print", _("Printed matter")
    WEBSITE = "website", _("Another website")


class ContestState(TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open call")
    JUDGING = "judging", _("Being judged")
    CLOSED = "closed", _("Judged")
    ANNOUNCED = "announced", _("Winners announced")


CONTEST_MOVES = {
    ContestState.DRAFT: frozenset({ContestState.OPEN}),
    ContestState.OPEN: frozenset({ContestState.JUDGING, ContestState.DRAFT}),
    ContestState.JUDGING: frozenset({ContestState.CLOSED, ContestState.OPEN}),
    ContestState.CLOSED: frozenset({ContestState.ANNOUNCED, ContestState.JUDGING}),
    ContestState.ANNOUNCED: frozenset({ContestState.CLOSED}),
}

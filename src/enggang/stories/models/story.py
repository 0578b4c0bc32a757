"""A story of the region: told in blocks, written by an agency, released by an organiser, at once or at a moment to come."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.places.models.organisation import below_any
from enggang.stories.enums import Genre, PageState
from enggang.stories.rules import READS_DRAFTS, WRITERS


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, actor: Actor) -> StoryQuerySet:
        """What is published, and for staff every story of their agencies."""
        published = Q(state=PageState.PUBLISHED, published_at__lte=clock.now())
        return self.filter(published | below_any(actor.paths(*READS_DRAFTS), "organisation__path"))

    def written_by(self, actor: Actor) -> StoryQuerySet:
        return self.filter(below_any(actor.paths(*WRITERS), "organisation__path"))

    def released(self) -> StoryQuerySet:
        """What everybody reads now: what is released for later is not there yet."""
        return self.filter(state=PageState.PUBLISHED, published_at__lte=clock.now())

    def published(self) -> StoryQuerySet:
        """Stories that everybody reads now, without press releases: those have pages of their own."""
        return self.released().filter(genre=Genre.STORY)

    def press(self) -> StoryQuerySet:
        return self.released().filter(genre=Genre.PRESS)

    def with_names(self) -> StoryQuerySet:
        return self.select_related("subject", "organisation__subject", "region", "cover__subject").defer(
            "region__outline"
        )

    def named(self, text: str) -> StoryQuerySet:
        return with_words(self, text)


class Story(Noun, Versioned):
    """``blocks`` are as ``stories.blocks`` reads them. ``published_at`` may lie ahead: it is read from then on."""

    subject_kind = "story"

    genre = models.CharField(
        _("kind"),
        max_length=6,
        choices=Genre.choices,
        default=Genre.STORY,
        db_default=Genre.STORY.value,
        editable=False,
    )
    about = models.ForeignKey(  # of a press release: what it tells of; other apps know the noun
        "core.Subject", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="stories")
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("regency or city"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=160)
    name_key = models.CharField(max_length=160, editable=False, db_index=True)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    byline = models.CharField(_("written by"), max_length=160, blank=True)
    cover = models.ForeignKey("media.Asset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    blocks: models.JSONField[Any, Any] = models.JSONField(default=list, editable=False)
    state = models.CharField(max_length=10, choices=PageState.choices, default=PageState.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "name_key", "pk"]
        indexes = [models.Index(fields=["state", "-published_at"], name="stories_story_by_state")]

    def __str__(self) -> str:
        return self.title

    def fold_name(self) -> None:
        """To be called by whatever sets the title."""
        self.name_key = folded(self.title)[:160]

    @property
    def is_press(self) -> bool:
        return self.genre == Genre.PRESS

    @property
    def page_name(self) -> str:
        """Of the public page that shows it."""
        return "release" if self.is_press else "story"

    @property
    def is_released(self) -> bool:
        """Published, now or for a moment to come."""
        return self.state == PageState.PUBLISHED

    @property
    def is_ahead(self) -> bool:
        return self.is_released and self.published_at is not None and self.published_at > clock.now()


class StoryRevision(models.Model):
    """What a story said before it was saved once more. Never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    facts: models.JSONField[Any, Any] = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="stories_story_revision_once")]

    def __str__(self) -> str:
        return f"{self.story_id}/{self.number}"


class StoryAddress(models.Model):
    """An address that a story had before: whoever comes by it is led on."""

    slug = models.SlugField(max_length=80, unique=True)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.slug

"""A story told with works in an order of its own: of an event, a wave, a place or a theme."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.media import rules
from enggang.media.enums_words import CollectionKind, Language
from enggang.places.models.organisation import below_any


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, actor: Actor) -> CollectionQuerySet:
        return self.filter(below_any(actor.paths(*rules.READS), "organisation__path"))

    def public(self) -> CollectionQuerySet:
        return self.exclude(published_at=None)


class Collection(Noun, Versioned):
    """``about`` is the event, edition or wave it tells of; ``cover`` may be any of its works."""

    subject_kind = "collection"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("about"), max_length=8, choices=CollectionKind.choices, default=CollectionKind.THEME)
    about = models.ForeignKey("core.Subject", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    region = models.ForeignKey("places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cover = models.ForeignKey("media.Asset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.text_in(Language.INDONESIAN).title or self.code

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    def text_in(self, language: str) -> CollectionText:
        """The words in a language; what is missing there is told in Indonesian."""
        rows = {row.language: row for row in self.texts.all()}
        return rows.get(language) or rows.get(Language.INDONESIAN) or CollectionText(collection=self)


class CollectionText(models.Model):
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5, choices=Language.choices)
    title = models.CharField(_("title"), max_length=160)
    story = models.TextField(_("story"), max_length=8000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["collection", "language"], name="media_collection_text_once")]

    def __str__(self) -> str:
        return self.title


class CollectionItem(models.Model):
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    asset = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="collected")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["collection", "asset"], name="media_collection_item_once")]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.asset_id}"

"""Where a work went: fetched from us, shown on other sites, posted on the agency's own channels, with what it reached."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.media import rules
from enggang.media.enums import RenditionKind
from enggang.media.enums_words import PostingChannel, UsageKind
from enggang.places.models.organisation import below_any

MOST_REACH = 2_000_000_000


class Usage(models.Model):
    """One line per work, kind, whereabouts and day. ``where`` is a size, a channel, or the name of another site.

    ``by_key`` is the account that fetched it; of whoever has none nothing is kept but that it happened.
    """

    asset = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="usages")
    kind = models.CharField(max_length=8, choices=UsageKind.choices)
    where = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    by_key = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "kind", "where", "by_key", "purpose", "on"], name="media_usage_of_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.kind} {self.on}"

    @property
    def where_shown(self) -> str:
        """A size in words; a channel or another site by its name."""
        return str(RenditionKind(self.where).label) if self.where in RenditionKind.values else self.where


class PostingQuerySet(models.QuerySet["Posting"]):
    def visible_to(self, actor: Actor) -> PostingQuerySet:
        return self.filter(below_any(actor.paths(*rules.READS), "organisation__path"))


class Posting(models.Model):
    """What the agency posted on a channel of its own, or what the press printed. ``reach`` is the newest reading."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey("media.Asset", null=True, blank=True, on_delete=models.PROTECT, related_name="postings")
    collection = models.ForeignKey(
        "media.Collection", null=True, blank=True, on_delete=models.PROTECT, related_name="postings"
    )
    channel = models.CharField(_("channel"), max_length=12, choices=PostingChannel.choices)
    account = models.CharField(_("account or medium"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    posted_on = models.DateField(_("posted on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    reach = models.PositiveIntegerField(_("reached"), null=True, blank=True, validators=[MaxValueValidator(MOST_REACH)])
    reached_on = models.DateField(_("as read on"), null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by_key = models.CharField(max_length=60)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asset__isnull=False, collection=None) | Q(asset=None, collection__isnull=False),
                name="media_posting_of_one",
                violation_error_message=_("A posting shows one work or one collection."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.posted_on}"


class Reading(models.Model):
    """What a channel said on a day about a posting; ``source`` is «by hand» or the name of the file."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField()
    reach = models.PositiveIntegerField(validators=[MaxValueValidator(MOST_REACH)])
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["posting", "on"], name="media_reading_of_day")]

    def __str__(self) -> str:
        return f"{self.posting_id}: {self.reach}"

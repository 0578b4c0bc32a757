"""One file that somebody brought: what became of it, in words, whether it was kept or not."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext

from enggang.core import codes
from enggang.core.actor import Actor
from enggang.media.enums import DeliveryState
from enggang.media.rules import KEEPERS
from enggang.places.models.organisation import below_any


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def brought_by(self, actor: Actor) -> DeliveryQuerySet:
        return self.filter(owner_key=actor.key)

    def visible_to(self, actor: Actor) -> DeliveryQuerySet:
        keepers = below_any(actor.paths(*KEEPERS), "organisation__path")
        return self.filter(keepers | models.Q(owner_key=actor.key))

    def with_asset(self) -> DeliveryQuerySet:
        return self.select_related("asset__subject", "upload")


class Delivery(models.Model):
    """``name`` is what the file was called; ``author_name`` whoever brought it without an account."""

    code = models.CharField(max_length=16, unique=True, default=codes.random_code)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    upload = models.OneToOneField("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey(
        "media.Intake", null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    owner_key = models.CharField(max_length=60, db_index=True)
    name = models.CharField(max_length=200)
    author_name = models.CharField(max_length=200, blank=True)
    about = models.ForeignKey("core.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    refusal = models.CharField(max_length=300, blank=True)
    asset = models.ForeignKey("media.Asset", null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries")
    at = models.DateTimeField()

    objects = DeliveryQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.state == DeliveryState.WAITING

    @property
    def is_refused(self) -> bool:
        return self.state == DeliveryState.REFUSED

    @property
    def why(self) -> str:
        """The refusal, kept as it is written in the source, in the language of whoever reads it."""
        return gettext(self.refusal) if self.refusal else ""

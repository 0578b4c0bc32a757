from __future__ import annotations

from django.db import models

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words


class VenueQuerySet(models.QuerySet["Venue"]):
    def visible_to(self, actor: Actor) -> VenueQuerySet:
        """Venues are shared between agencies: whoever is signed in may pick one."""
        return self if actor.is_system or actor.is_signed_in else self.none()

    def named(self, text: str) -> VenueQuerySet:
        return with_words(self, text)


class Venue(Noun, Versioned):
    subject_kind = "venue"

    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=300, editable=False, db_index=True)
    address = models.CharField(max_length=300, blank=True)
    region = models.ForeignKey("places.Region", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="venues")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="Asia/Pontianak")

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """To be called by whatever sets the name."""
        self.name_key = folded(f"{self.name} {self.region.name}")[:300]

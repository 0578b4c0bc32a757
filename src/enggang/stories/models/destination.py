"""A place worth a journey: what it is, when it is open, what it costs, how one gets there and whom it is fit for."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.places.enums import FOR_DISABLED, Facility
from enggang.places.models.organisation import below_any
from enggang.stories.enums import DestinationKind, PageState
from enggang.stories.rules import READS_DRAFTS, WRITERS

TRANSLATED = ("name", "summary", "description", "opening", "fees", "reaching", "access")
NEEDED = ("name", "summary", "description")  # without them a page in another language would be pretended
LATITUDES, LONGITUDES = (-90.0, 90.0), (-180.0, 180.0)


class DestinationQuerySet(models.QuerySet["Destination"]):
    def visible_to(self, actor: Actor) -> DestinationQuerySet:
        """What is published, and for staff every page of their agencies."""
        return self.filter(Q(state=PageState.PUBLISHED) | below_any(actor.paths(*READS_DRAFTS), "organisation__path"))

    def written_by(self, actor: Actor) -> DestinationQuerySet:
        return self.filter(below_any(actor.paths(*WRITERS), "organisation__path"))

    def published(self) -> DestinationQuerySet:
        return self.filter(state=PageState.PUBLISHED)

    def with_names(self) -> DestinationQuerySet:
        return self.select_related("subject", "organisation__subject", "region").defer("region__outline")

    def accessible(self) -> DestinationQuerySet:
        """Where something is done for people with disabilities."""
        return self.filter(Q(pk__in=Amenity.objects.filter(kind__in=FOR_DISABLED).values("destination")))

    def named(self, text: str) -> DestinationQuerySet:
        return with_words(self, text)


class Destination(Noun, Versioned):
    """``slug`` is its address; ``checked_on`` the day on which somebody last made sure of the facts, from ``source``."""

    subject_kind = "destination"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="destinations")
    region = models.ForeignKey(
        "places.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )
    name = models.CharField(_("name"), max_length=160)
    name_key = models.CharField(max_length=160, editable=False, db_index=True)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=DestinationKind.choices)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(
        _("description"), max_length=10_000, blank=True, validators=[MaxLengthValidator(10_000)]
    )
    opening = models.CharField(_("opening hours"), max_length=300, blank=True)
    fees = models.CharField(_("entrance fees"), max_length=300, blank=True)
    is_free = models.BooleanField(_("entrance is free"), null=True, blank=True)
    reaching = models.TextField(
        _("how to get there"), max_length=2_000, blank=True, validators=[MaxLengthValidator(2_000)]
    )
    access = models.TextField(
        _("for people with disabilities"), max_length=2_000, blank=True, validators=[MaxLengthValidator(2_000)]
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(LATITUDES[0]), MaxValueValidator(LATITUDES[1])]
    )  # fmt: skip
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True,
        validators=[MinValueValidator(LONGITUDES[0]), MaxValueValidator(LONGITUDES[1])],
    )  # fmt: skip
    website = models.URLField(_("website"), max_length=300, blank=True)
    phone = models.CharField(_("phone for visitors"), max_length=40, blank=True)
    source = models.CharField(_("where these facts are from"), max_length=300, blank=True)
    checked_on = models.DateField(_("facts checked on"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=PageState.choices, default=PageState.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = DestinationQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [models.Index(fields=["state", "name_key"], name="stories_dest_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name_key"],
                name="stories_destination_name",
                violation_error_message=_("There is a destination of this name in this regency already."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="stories_destination_point",
                violation_error_message=_("Give latitude and longitude both, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """To be called by whatever sets the name."""
        self.name_key = folded(self.name)[:160]

    @property
    def is_published(self) -> bool:
        return self.state == PageState.PUBLISHED

    @property
    def has_point(self) -> bool:
        return self.latitude is not None


class Amenity(models.Model):
    """Something a destination has for its visitors."""

    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, related_name="amenities")
    kind = models.CharField(max_length=10, choices=Facility.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["destination", "kind"], name="stories_amenity_once")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Revision(models.Model):
    """What a page said before it was saved once more. Never changed."""

    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    facts: models.JSONField[Any, Any] = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["destination", "number"], name="stories_revision_once")]

    def __str__(self) -> str:
        return f"{self.destination_id}/{self.number}"


class OldAddress(models.Model):
    """An address that a page had before: whoever comes by it is led on."""

    slug = models.SlugField(max_length=80, unique=True)
    destination = models.ForeignKey(Destination, on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.slug

"""A photo or video of the library. Its original never changes; what is shown are renditions made from it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import with_words
from enggang.media.enums import AssetKind, AssetState, Precision, Sensitivity
from enggang.media.rules import KEEPERS, READS
from enggang.places.models.organisation import below_any

PHASH_DIGITS = 64  # 256 bits as hexadecimal digits


def _made_by(actor: Actor) -> Q:
    own = Q(brought_by_key=actor.key) | Q(author__user_id=actor.user_id)
    return own if actor.is_signed_in else Q(pk__in=[])


class AssetQuerySet(models.QuerySet["Asset"]):
    def visible_to(self, actor: Actor) -> AssetQuerySet:
        """Staff of the organisation that keeps it, and whoever made or brought it."""
        staff = below_any(actor.paths(*READS), "organisation__path")
        return self.filter(staff | _made_by(actor))

    def made_by(self, actor: Actor) -> AssetQuerySet:
        """Made or brought by an account, also what came from a training."""
        return self.filter(_made_by(actor))

    def kept_by(self, actor: Actor) -> AssetQuerySet:
        """Those the actor may describe and decide about."""
        return self.filter(below_any(actor.paths(*KEEPERS), "organisation__path"))

    def with_names(self) -> AssetQuerySet:
        return self.select_related("subject", "organisation__subject", "author", "venue", "region", "about")

    def named(self, text: str) -> AssetQuerySet:
        return with_words(self, text)

    def newest_first(self) -> AssetQuerySet:
        return self.order_by("-brought_at", "-pk")


class Asset(Noun, Versioned):
    """``author_name`` is for whoever has no account; ``about`` the event or wave; ``taken_zone`` is empty where the
    camera told none. ``orientation`` is that of the original; width and height are as it is shown."""

    subject_kind = "asset"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="assets")
    original = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=AssetKind.choices)
    state = models.CharField(max_length=10, choices=AssetState.choices, default=AssetState.DRAFT, editable=False)
    title = models.CharField(_("title"), max_length=200)
    name_key = models.CharField(max_length=400, editable=False)
    caption = models.TextField(_("caption"), max_length=2000, blank=True)
    alt_id = models.CharField(_("description for those who cannot see it, Indonesian"), max_length=300, blank=True)
    alt_en = models.CharField(_("description for those who cannot see it, English"), max_length=300, blank=True)
    author = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assets",
        verbose_name=_("author"),
    )
    author_name = models.CharField(_("author’s name"), max_length=200, blank=True)
    about = models.ForeignKey("core.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="assets")
    venue = models.ForeignKey(
        "places.Venue", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("venue")
    )
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    latitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    sensitivity = models.CharField(
        _("what must be protected there"), max_length=8, choices=Sensitivity.choices, default=Sensitivity.NONE
    )
    precision = models.CharField(
        _("how exactly the public may know the place"), max_length=8, choices=Precision.choices,
        default=Precision.REGENCY,
    )  # fmt: skip
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    taken_zone = models.CharField(max_length=6, blank=True)  # "+07:00"
    camera = models.CharField(max_length=120, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    orientation = models.PositiveSmallIntegerField(default=1)
    focal_x = models.FloatField(default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)])
    focal_y = models.FloatField(default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)])
    sha256 = models.CharField(max_length=64)
    phash = models.CharField(max_length=PHASH_DIGITS, blank=True)
    brought_at = models.DateTimeField()
    brought_by_key = models.CharField(max_length=60)

    objects = AssetQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "-brought_at"], name="media_asset_list"),
            models.Index(fields=["brought_by_key"], name="media_asset_brought"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"],
                name="media_asset_once",
                violation_error_message=_("This file is in the library already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_photo(self) -> bool:
        return self.kind == AssetKind.PHOTO

    @property
    def is_landscape(self) -> bool:
        return self.width >= self.height

    @property
    def shown_author(self) -> str:
        return self.author.name if self.author else self.author_name

    @property
    def public_precision(self) -> str:
        """A sensitive place is hidden, whatever was chosen before it was known to be one."""
        return self.precision if self.sensitivity == Sensitivity.NONE else Precision.HIDDEN

    def get_public_precision_display(self) -> str:
        return str(Precision(self.public_precision).label)

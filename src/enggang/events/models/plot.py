"""The plan of plots of a place: stalls with their numbers, and what helps to find one's way."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.events.enums_stalls import PlotKind
from enggang.events.models.stall import StallCategory

WIDEST = 2_000  # units of a plan; one is about ten centimetres
SIZES = [MinValueValidator(10), MaxValueValidator(WIDEST)]
PLACES = [MaxValueValidator(WIDEST)]


class PlotQuerySet(models.QuerySet["Plot"]):
    def stalls(self) -> PlotQuerySet:
        return self.filter(kind=PlotKind.STALL)

    def with_names(self) -> PlotQuerySet:
        return self.select_related("site", "category", "application__subject", "application__category")


class Plot(models.Model):
    """``code`` is its number on the ground. A vendor has at most one plot, and a plot at most one vendor."""

    site = models.ForeignKey("events.Site", on_delete=models.CASCADE, related_name="plots")
    kind = models.CharField(_("what it is"), max_length=8, choices=PlotKind.choices, default=PlotKind.STALL)
    code = models.CharField(_("number or name"), max_length=24)
    category = models.ForeignKey(
        "events.StallCategory", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("meant for"),
    )  # fmt: skip
    x = models.PositiveSmallIntegerField(_("from the left"), default=0, validators=PLACES)
    y = models.PositiveSmallIntegerField(_("from the top"), default=0, validators=PLACES)
    width = models.PositiveSmallIntegerField(_("width"), default=30, validators=SIZES)
    height = models.PositiveSmallIntegerField(_("depth"), default=30, validators=SIZES)
    application = models.OneToOneField(
        "events.StallApplication", null=True, blank=True, on_delete=models.SET_NULL, related_name="plot"
    )

    objects = PlotQuerySet.as_manager()

    class Meta:
        ordering = ["site", "y", "x", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "code"],
                name="events_plot_code",
                violation_error_message=_("This place already has a plot of that number."),
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=True) | Q(kind="stall"),
                name="events_plot_stall",
                violation_error_message=_("Only a stall is given to a vendor."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def goods(self) -> StallCategory | None:
        """What is sold there; as long as nobody is there, what it is meant for."""
        return (self.application.category if self.application else None) or self.category

    @property
    def is_stall(self) -> bool:
        return self.kind == PlotKind.STALL

"""The index of a whole region: its own points, and what the research board says in its letter."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.innovation.models.guide import YEARS

SHARE = [MinValueValidator(0), MaxValueValidator(1000)]


class RegionPoint(models.Model):
    """The points of one indicator of the regional government, with the paper they are read from."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    code = models.CharField(max_length=20)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, validators=SHARE)
    source = models.CharField(_("source"), max_length=300)
    entered_at = models.DateTimeField()
    entered_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "code"], name="innovation_region_point_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code}: {self.points}"


class BoardLetter(models.Model):
    """What the research board has written: from then on a rank and a predicate may be said. A newer letter replaces it."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    number = models.CharField(_("number of the letter"), max_length=100)
    dated_on = models.DateField(_("date of the letter"))
    index = models.DecimalField(
        _("index"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True, validators=[MinValueValidator(1)])
    predicate = models.CharField(_("predicate in the letter"), max_length=60, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entered_by_key = models.CharField(max_length=60)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "-entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=models.Q(replaced_at=None), name="innovation_letter_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.year})"

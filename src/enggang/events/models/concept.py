"""What an edition is for: the concept, its objectives with their targets, and the programme as it is proposed."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Versioned

LONGEST, LONGEST_NOTES = 8000, 12_000  # characters
POSITIVE = [MinValueValidator(0)]


def _text(label: Any, limit: int = LONGEST) -> models.TextField[str, str]:
    return models.TextField(label, blank=True, max_length=limit, validators=[MaxLengthValidator(limit)])


class Concept(Versioned):
    """``notes`` are printed on no paper: what was written before and has no place of its own."""

    edition = models.OneToOneField("events.Edition", on_delete=models.CASCADE, related_name="concept")
    background = _text(_("background"))
    legal_basis = _text(_("legal basis"))
    purpose = _text(_("purpose and aim"))
    audience = _text(_("audience"))
    scope = _text(_("programme in words"))
    sustainability = _text(_("sustainability"))
    notes = _text(_("notes, on no paper"), LONGEST_NOTES)

    def __str__(self) -> str:
        return str(self.edition)


class RowQuerySet(models.QuerySet[Any]):
    def standing(self) -> RowQuerySet:
        return self.filter(removed_at=None)

    def removed(self) -> RowQuerySet:
        return self.exclude(removed_at=None)


class ConceptRow(Versioned):
    """A row of the concept. One that was removed stays, so that it can be put back."""

    position = models.PositiveIntegerField(default=0, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Objective(ConceptRow):
    """``last_year`` marks figures that came with a clone: nobody has set them for this edition yet."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="objectives")
    objective = models.CharField(_("objective"), max_length=300)
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(
        _("baseline"), max_digits=14, decimal_places=2, null=True, blank=True, validators=POSITIVE
    )
    baseline_source = models.CharField(_("source of the baseline"), max_length=300, blank=True)
    target = models.DecimalField(
        _("target"), max_digits=14, decimal_places=2, null=True, blank=True, validators=POSITIVE
    )
    method = models.CharField(_("how it is measured"), max_length=300, blank=True)
    last_year = models.BooleanField(default=False, editable=False)

    objects = RowQuerySet.as_manager()

    def __str__(self) -> str:
        return self.objective

    @property
    def is_measurable(self) -> bool:
        return bool(self.indicator and self.unit and self.method) and self.target is not None


class ProgrammeRow(ConceptRow):
    """What happens in which part of the event, and at which of its places."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="programme")
    part = models.CharField(_("day or part"), max_length=120)
    activity = models.CharField(_("activity"), max_length=300)
    site = models.ForeignKey(
        "events.Site", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("place")
    )

    objects = RowQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.part}: {self.activity}"

"""What the surveys of citizens rest on, as dated rows: how much an element weighs, what one may say about oneself."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.places.models.dated import DatedQuerySet, Sourced
from enggang.surveys.enums import ProfileQuestion, ServiceElement


class ElementWeight(Sourced):
    """Only the proportion of the weights counts."""

    element = models.PositiveSmallIntegerField(_("element"), choices=ServiceElement.choices)
    weight = models.PositiveSmallIntegerField(_("weight"), validators=[MinValueValidator(1), MaxValueValidator(1000)])

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["element", "valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.get_element_display()} · {self.weight}"


class ProfileOption(Sourced):
    """An agency that enters options for a question replaces all that hold for it from above."""

    question = models.CharField(_("question"), max_length=10, choices=ProfileQuestion.choices)
    label = models.CharField(_("option"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["question", "position", "pk"]

    def __str__(self) -> str:
        return self.label

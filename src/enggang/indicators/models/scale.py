"""The words for how far a target was reached: they differ from region to region, so they are dated rows."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.indicators.rules import READS
from enggang.places.models.dated import DatedQuerySet, Sourced


class ScaleStepQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.readable_by(actor, *READS)


class ScaleStep(Sourced):
    """From ``from_percent`` of a target reached on it is called ``label``."""

    from_percent = models.PositiveSmallIntegerField(_("from (%)"), validators=[MaxValueValidator(200)])
    label = models.CharField(_("label"), max_length=60)

    objects = ScaleStepQuerySet.as_manager()

    class Meta:
        ordering = ["-from_percent", "pk"]

    def __str__(self) -> str:
        return f"≥ {self.from_percent} %: {self.label}"

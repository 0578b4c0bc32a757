"""What a regulation or an agency asks of the learning hours (JP) of a kind of staff. It warns and never blocks."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.people.enums import StaffKind
from enggang.places.models.dated import DatedQuerySet, Sourced
from enggang.training.enums import LimitBound, LimitPeriod


class JpLimit(Sourced):
    kind = models.CharField(_("kind of staff"), max_length=10, choices=StaffKind.choices)
    bound = models.CharField(_("bound"), max_length=8, choices=LimitBound.choices)
    jp = models.PositiveSmallIntegerField(_("JP"), validators=[MinValueValidator(1), MaxValueValidator(2000)])
    period = models.CharField(_("counted in"), max_length=13, choices=LimitPeriod.choices)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "period", "bound", "valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_bound_display()} {self.jp} JP"

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def missed_by(self, jp: int) -> int:
        """How many JP are missing to the least, or are above the most; 0 when the limit is kept."""
        return max(0, self.jp - jp if self.bound == LimitBound.AT_LEAST else jp - self.jp)

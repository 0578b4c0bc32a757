"""The trial of an innovation: what it is to show, when it is given up, what is measured, and what was."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS
from enggang.core.models import Versioned
from enggang.indicators.enums import Polarity
from enggang.indicators.models.indicator import DIGITS, PLACES
from enggang.innovation.enums import Moment
from enggang.innovation.models.innovation import Innovation


class TrialPlan(Versioned):
    """``starts_on`` and ``ends_on`` are the plan; when it really began and ended is dated by the gates."""

    innovation = models.OneToOneField(Innovation, on_delete=models.CASCADE, related_name="trial")
    hypothesis = models.TextField(_("hypothesis"), max_length=1000, validators=[MaxLengthValidator(1000)])
    stop_rule = models.TextField(_("stop rule"), max_length=1000, validators=[MaxLengthValidator(1000)])
    place = models.CharField(_("where it is tried"), max_length=200, blank=True)
    starts_on = models.DateField(_("planned from"), null=True, blank=True, validators=POSSIBLE_DAYS)
    ends_on = models.DateField(_("planned until"), null=True, blank=True, validators=POSSIBLE_DAYS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="innovation_trial_days",
                violation_error_message=_("The trial ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return str(self.innovation)


class Measure(models.Model):
    """What is measured before and after. With ``indicator`` it is one that the region counts anyway."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(_("what is measured"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    polarity = models.CharField(_("how it is judged"), max_length=8, choices=Polarity.choices, default=Polarity.HIGHER)
    indicator = models.ForeignKey(
        "indicators.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("indicator")
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["innovation", "name"],
                name="innovation_measure_once",
                violation_error_message=_("This is measured already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """A measured value with its method. Never changed: a wrong one is voided with the reason, and a new one entered."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    moment = models.CharField(_("measured"), max_length=8, choices=Moment.choices)
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=PLACES)
    as_of = models.DateField(_("as it stood on"), validators=POSSIBLE_DAYS)
    method = models.CharField(_("method"), max_length=300)
    source = models.CharField(_("source"), max_length=300)
    entered_at = models.DateTimeField()
    entered_by_key = models.CharField(max_length=60)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["as_of", "pk"]

    def __str__(self) -> str:
        return f"{self.moment} {self.value}"

"""A measured value of an indicator for one period, with its source, its method and who stood behind it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.indicators.enums import MeasurementState, Sex
from enggang.indicators.models.indicator import DIGITS, PLACES, Indicator, Lasting
from enggang.indicators.periods import Period
from enggang.indicators.rules import READS
from enggang.places.models.organisation import below_any


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def visible_to(self, actor: Actor) -> MeasurementQuerySet:
        return self.filter(indicator__in=Indicator.objects.visible_to(actor))

    def within(self, actor: Actor) -> MeasurementQuerySet:
        """Those of the actor's own agencies and of what stands below."""
        return self.filter(below_any(actor.paths(*READS), "indicator__organisation__path"))

    def standing(self) -> MeasurementQuerySet:
        """Those that nothing has replaced and nobody has returned."""
        return self.filter(replaced_at=None).exclude(state=MeasurementState.RETURNED)

    def to_enter_again(self) -> MeasurementQuerySet:
        """Returned ones for whose period, place and sex nothing was entered since."""
        place = Coalesce("region", Value(""))
        same = {name: OuterRef(name) for name in ("indicator", "period_start", "period_end", "sex", "place")}
        later = Measurement.objects.alias(place=place).filter(**same, pk__gt=OuterRef("pk"))
        return self.alias(place=place).filter(~Exists(later), state=MeasurementState.RETURNED)

    def known_at(self, instant: datetime) -> MeasurementQuerySet:
        """Those that stood at ``instant``, corrected since or not."""
        standing = Q(replaced_at=None) | Q(replaced_at__gt=instant)
        returned = Q(state=MeasurementState.RETURNED, decided_at__lte=instant)
        return self.filter(standing, entered_at__lte=instant).exclude(returned)

    def whole(self) -> MeasurementQuerySet:
        """For the whole area and for everybody: neither a regency's part nor one sex's."""
        return self.filter(region=None, sex="")


class Measurement(Lasting):
    """``value`` is empty where it is not known: that is said, with the reason in ``note``, and is neither 0 nor 100.

    ``low`` and ``high`` are the range of an estimate. A correction is a further row, and this one keeps what was known.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measurements")
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )  # fmt: skip
    sex = models.CharField(_("sex"), max_length=8, choices=Sex.choices, blank=True)
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    numerator = models.DecimalField(_("numerator"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    denominator = models.DecimalField(_("denominator"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    low = models.DecimalField(_("lower end"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    high = models.DecimalField(_("upper end"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    as_of = models.DateField(_("as it stood on"))
    source = models.CharField(_("source"), max_length=300)
    method = models.CharField(_("method"), max_length=300, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("evidence")
    )  # fmt: skip
    is_counted = models.BooleanField(default=False, editable=False)
    state = models.CharField(
        max_length=8, choices=MeasurementState.choices, default=MeasurementState.ENTERED, editable=False
    )
    entered_at = models.DateTimeField(editable=False)
    entered_by_key = models.CharField(max_length=60, editable=False)
    verified_by_key = models.CharField(max_length=60, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by_key = models.CharField(max_length=60, blank=True, editable=False)
    return_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "region", "sex", "-entered_at", "pk"]
        indexes = [
            models.Index(fields=["indicator", "period_end"], name="indicators_by_period"),
            models.Index(fields=["state"], condition=Q(replaced_at=None), name="indicators_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period_start", "period_end", "region", "sex"],
                condition=Q(replaced_at=None, region__isnull=False),
                name="indicators_value_once_here",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period_start", "period_end", "sex"],
                condition=Q(replaced_at=None, region__isnull=True),
                name="indicators_value_once",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=models.F("period_start")),
                name="indicators_period_order",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_start:%Y-%m-%d}–{self.period_end:%Y-%m-%d}: {self.value}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    @property
    def period_label(self) -> str:
        return self.period.label

    @property
    def is_standing(self) -> bool:
        return self.replaced_at is None and self.state != MeasurementState.RETURNED

    @property
    def is_decided(self) -> bool:
        return self.state in {MeasurementState.APPROVED, MeasurementState.RETURNED}

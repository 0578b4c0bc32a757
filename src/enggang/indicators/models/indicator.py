"""What is counted: the definition of an indicator, its targets, and the breaks in its series.

The fields follow the metadata of indicators that BPS asks for (Peraturan BPS 5/2020, MS-Ind) and the sheet of a main
performance indicator (PermenPANRB 53/2014): concept, formula, unit, source, who answers for it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.indicators.enums import Cumulation, Frequency, IndicatorKind, IndicatorState, Polarity
from enggang.indicators.rules import DEFINES, MEASURES, READS
from enggang.places.models.dated import paths_above
from enggang.places.models.organisation import below_any

LONG = [MaxLengthValidator(2_000)]
YEARS = [MinValueValidator(2000), MaxValueValidator(2199)]
DIGITS, PLACES = 24, 6
MOST = Decimal(10) ** (DIGITS - PLACES - 1)


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, actor: Actor) -> IndicatorQuerySet:
        """Those of the own agencies and of what stands below, and of those above, which the own ones serve."""
        paths = actor.paths(*READS)
        above = [each for path in paths for each in paths_above(path)]
        return self.filter(below_any(paths, "organisation__path") | Q(organisation__path__in=above))

    def defined_by(self, actor: Actor) -> IndicatorQuerySet:
        return self.filter(below_any(actor.paths(*DEFINES), "organisation__path"))

    def measured_by(self, actor: Actor) -> IndicatorQuerySet:
        return self.filter(below_any(actor.paths(*MEASURES), "organisation__path"))

    def in_use(self) -> IndicatorQuerySet:
        return self.filter(state=IndicatorState.ACTIVE)

    def published(self) -> IndicatorQuerySet:
        """What the public may read of: in use or once used, and meant for them."""
        return self.filter(is_public=True).exclude(state=IndicatorState.DRAFT)

    def with_names(self) -> IndicatorQuerySet:
        return self.select_related("subject", "organisation__subject", "owner", "serves")

    def named(self, text: str) -> IndicatorQuerySet:
        return with_words(self, text)


class Indicator(Noun, Versioned):
    """``automatic`` names the source of the registry that counts it; empty where people enter values.

    A value is numerator ÷ denominator × ``factor``; where nothing is divided only the numerator is described.
    """

    subject_kind = "indicator"

    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="indicators", verbose_name=_("agency")
    )
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=IndicatorKind.choices)
    ministry_code = models.CharField(_("code of the ministry"), max_length=40, blank=True)
    serves = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="served_by", verbose_name=_("serves")
    )
    definition = models.TextField(_("definition"), max_length=2_000, blank=True, validators=LONG)
    reason = models.TextField(_("why it was chosen"), max_length=2_000, blank=True, validators=LONG)
    numerator = models.CharField(_("what is counted (numerator)"), max_length=300, blank=True)
    denominator = models.CharField(_("divided by (denominator)"), max_length=300, blank=True)
    factor = models.DecimalField(
        _("times (factor)"), max_digits=DIGITS, decimal_places=PLACES, default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.000001"))],
    )  # fmt: skip
    unit = models.CharField(_("unit"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=0, validators=[MaxValueValidator(4)])
    polarity = models.CharField(_("how it is judged"), max_length=8, choices=Polarity.choices, default=Polarity.HIGHER)
    cumulation = models.CharField(
        _("value of a year"), max_length=8, choices=Cumulation.choices, default=Cumulation.SUM
    )
    frequency = models.CharField(_("measured"), max_length=8, choices=Frequency.choices, default=Frequency.MONTH)
    due_days = models.PositiveSmallIntegerField(
        _("days after a period by which its value is awaited"), default=30, validators=[MaxValueValidator(800)]
    )
    by_region = models.BooleanField(_("by regency and city"), default=False)
    by_sex = models.BooleanField(_("by sex"), default=False)
    source = models.CharField(_("source of the data"), max_length=300, blank=True)
    method = models.TextField(_("how it is measured"), max_length=2_000, blank=True, validators=LONG)
    automatic = models.CharField(_("counted by the system"), max_length=60, blank=True)
    owner = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("who answers for it"),
    )  # fmt: skip
    is_public = models.BooleanField(_("published as open data"), default=False)
    state = models.CharField(max_length=8, choices=IndicatorState.choices, default=IndicatorState.DRAFT, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"],
                name="indicators_name_once",
                violation_error_message=_("This agency has an indicator of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """To be called by whatever sets the name."""
        self.name_key = folded(self.name)[:200]

    @property
    def is_in_use(self) -> bool:
        return self.state == IndicatorState.ACTIVE

    @property
    def formula(self) -> str:
        """In one line, as a sheet of metadata says it; empty when nothing is written."""
        if not self.denominator:
            return self.numerator
        times = f" × {self.factor.normalize():f}" if self.factor != 1 else ""
        return f"{self.numerator} ÷ {self.denominator}{times}"


class Lasting(models.Model):
    """A row that is never changed: what takes its place says when. So any day can be shown as it was known then."""

    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Target(Lasting):
    """What is aimed at by the end of a year, or of one of its quarters (1 to 4; 0 is the year).

    ``upper`` closes the range where the best value lies within one. For values that are added up, the target of a
    quarter is the sum from the year's beginning to that quarter's end.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    quarter = models.PositiveSmallIntegerField(_("quarter"), default=0, validators=[MaxValueValidator(4)])
    value = models.DecimalField(_("target"), max_digits=DIGITS, decimal_places=PLACES)
    upper = models.DecimalField(_("upper end"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    source = models.CharField(_("where it is laid down"), max_length=300, blank=True)
    set_at = models.DateTimeField(editable=False)
    set_by_key = models.CharField(max_length=60, editable=False)

    class Meta:
        ordering = ["year", "quarter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "quarter"], condition=Q(replaced_at=None), name="indicators_target_once"
            ),
            models.CheckConstraint(
                condition=Q(upper=None) | Q(upper__gte=models.F("value")),
                name="indicators_target_range",
                violation_error_message=_("The upper end of the range lies below the lower one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.quarter}: {self.value}"


class SeriesBreak(models.Model):
    """From this day on values are no longer comparable with those before: another method, other borders."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="breaks")
    on = models.DateField(_("from"))
    reason = models.CharField(_("why"), max_length=300)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "on"],
                name="indicators_break_once",
                violation_error_message=_("A break is marked on this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}: {self.reason}"

    def parts(self, first: date, second: date) -> bool:
        """Whether it lies between two days, the later one included."""
        return min(first, second) < self.on <= max(first, second)


def indicator_choices(actor: Actor) -> Any:
    """What another one may serve, in the order of the tree."""
    return (
        Indicator.objects.visible_to(actor)
        .exclude(state=IndicatorState.RETIRED)
        .order_by("organisation__path", "name_key")
    )

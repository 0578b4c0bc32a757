"""What the economic impact of an edition is reckoned from, beside the survey; and results as they were closed."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Versioned
from enggang.core.models.closed import ClosedFacts
from enggang.events.enums_impact import BaseMeaning, ImpactArea, InputKind, VisitorBase, Weighting

MOST_VISITORS = 50_000_000
MOST_AMOUNT = 1_000_000_000_000_000
YEARS = [MinValueValidator(1990), MaxValueValidator(2199)]


class Noted(Versioned):
    """Where it is known from, and who wrote it down when."""

    source = models.CharField(_("source"), max_length=300)
    noted_at = models.DateTimeField()
    noted_by_key = models.CharField(max_length=60)

    class Meta:
        abstract = True


class ImpactBasis(Noted):
    """The assumptions: whose money is new, and which number of visitors the survey is laid upon."""

    edition = models.OneToOneField("events.Edition", on_delete=models.CASCADE, related_name="impact_basis")
    area = models.CharField(_("the area is"), max_length=8, choices=ImpactArea.choices, default=ImpactArea.REGENCY)
    base = models.CharField(
        _("number of visitors"), max_length=8, choices=VisitorBase.choices, default=VisitorBase.COUNTED
    )
    meaning = models.CharField(
        _("this number counts"), max_length=12, choices=BaseMeaning.choices, default=BaseMeaning.PERSONS
    )
    visitors = models.PositiveIntegerField(
        _("the number, if entered"), null=True, blank=True, validators=[MaxValueValidator(MOST_VISITORS)]
    )
    low = models.PositiveIntegerField(
        _("its range from"), null=True, blank=True, validators=[MaxValueValidator(MOST_VISITORS)]
    )
    high = models.PositiveIntegerField(_("to"), null=True, blank=True, validators=[MaxValueValidator(MOST_VISITORS)])

    weighting = models.CharField(
        _("weights"), max_length=4, choices=Weighting.choices, default=Weighting.DAYS, db_default=Weighting.DAYS
    )

    def __str__(self) -> str:
        return f"{self.edition_id}"


class ImpactInput(Noted):
    """A figure from elsewhere: an amount, a number, or a factor (multiplier, percent). Taken out it stays on record."""

    edition = models.ForeignKey("events.Edition", on_delete=models.CASCADE, related_name="impact_inputs")
    kind = models.CharField(_("what"), max_length=12, choices=InputKind.choices)
    label = models.CharField(_("in words"), max_length=200, blank=True)
    amount = models.BigIntegerField(
        _("amount or number"), null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_AMOUNT)],
    )  # fmt: skip
    factor = models.DecimalField(
        _("factor or percent"), max_digits=7, decimal_places=3, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("year of the document"), null=True, blank=True, validators=YEARS)
    void = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(kind=InputKind.MULTIPLIER, void=False),
                name="events_one_multiplier",
                violation_error_message=_("There is a multiplier already. Take it out first."),
            )
        ]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()


class ImpactResult(ClosedFacts):
    edition = models.ForeignKey("events.Edition", on_delete=models.PROTECT, related_name="impact_results")

    class Meta(ClosedFacts.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="events_impact_once",
                violation_error_message=_("Somebody closed the result at the same moment. Reload the page."),
            )
        ]

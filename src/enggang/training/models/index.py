"""The professionalism index (IP ASN): its table as dated rows, what of a person's learning counts, and what is entered."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.people.enums import PostGroup
from enggang.places.models.dated import DatedQuerySet, Sourced
from enggang.places.models.organisation import below_any
from enggang.training.enums import Dimension, LearningKind, RuleUse
from enggang.training.rules import SEES_INDEX

YEARS = [MinValueValidator(2000), MaxValueValidator(2199)]


class IndexRule(Sourced):
    """One line of the table in force. A competence row asks for a kind of learning from a group of posts.

    ``window`` is the number of years in which a training counts, the assessed one included; empty: without end.
    """

    dimension = models.CharField(_("dimension"), max_length=13, choices=Dimension.choices)
    use = models.CharField(_("what it says"), max_length=8, choices=RuleUse.choices, default=RuleUse.SCORE)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind of learning"), max_length=10, choices=LearningKind.choices, blank=True)
    group = models.CharField(_("group of posts"), max_length=10, choices=PostGroup.choices, blank=True)
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    min_jp = models.PositiveSmallIntegerField(_("at least JP"), default=0)
    adds_up = models.BooleanField(_("JP of several trainings add up"), default=False)
    window = models.PositiveSmallIntegerField(
        _("counts for years"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["dimension", "use", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.name} · {floatformat(self.points, -2)}"

    @property
    def place(self) -> tuple[str, str, str, str, int]:
        """What two rows of the same line of the table have in common, shipped or local."""
        named = "" if self.use == RuleUse.MAXIMUM else self.kind or self.name
        return (self.dimension, self.use, named, self.group, 0)


class RelevanceQuerySet(models.QuerySet["Relevance"]):
    def visible_to(self, actor: Actor) -> RelevanceQuerySet:
        staff = below_any(actor.paths(*SEES_INDEX), "agency__path")
        own = Q(person__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(staff | own)


class Relevance(models.Model):
    """Whether a completed training has to do with the person's post, and in which years it counts for the index.

    It is about a certificate of a wave here or one from outside; ``last_year`` empty means without end.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="relevances")
    agency = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    registration = models.OneToOneField(
        "training.Registration", null=True, blank=True, on_delete=models.PROTECT, related_name="relevance"
    )
    certificate = models.OneToOneField(
        "training.OutsideCertificate", null=True, blank=True, on_delete=models.PROTECT, related_name="relevance"
    )
    kind = models.CharField(_("kind of learning"), max_length=10, choices=LearningKind.choices)
    relevant = models.BooleanField(_("has to do with the tasks of the post"))
    reason = models.CharField(_("reason"), max_length=300)
    first_year = models.PositiveSmallIntegerField(_("counts from the year"), validators=YEARS)
    last_year = models.PositiveSmallIntegerField(_("until the year"), null=True, blank=True, validators=YEARS)
    decided_at = models.DateTimeField()
    decided_by_key = models.CharField(max_length=60)

    objects = RelevanceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration__isnull=True, certificate__isnull=False)
                | Q(registration__isnull=False, certificate__isnull=True),
                name="training_relevance_of_one",
            ),
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=models.F("first_year")),
                name="training_relevance_years",
                violation_error_message=_("The last year lies before the first."),
            ),
        ]

    def counts_in(self, year: int) -> bool:
        return self.relevant and self.first_year <= year and (self.last_year is None or year <= self.last_year)


class IndexEntry(models.Model):
    """A dimension that only people can know here: entered from the table's own rows, or left unknown."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="index_entries")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    dimension = models.CharField(_("dimension"), max_length=13, choices=Dimension.choices)
    rule = models.ForeignKey(IndexRule, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entered_by_key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "year", "dimension"], name="training_index_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()} {self.year}"


class ColumnOrder(models.Model):
    """Which columns an agency wants in a file, in which order: set once, remembered for every later one."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.CASCADE, related_name="+")
    file = models.CharField(max_length=20)
    columns: models.JSONField[Any, Any] = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "file"], name="training_column_order_once")]

    def __str__(self) -> str:
        return self.file


class PortalRule(Sourced):
    """What the national personnel portal takes: the largest PDF."""

    name = models.CharField(_("portal"), max_length=120)
    max_kb = models.PositiveIntegerField(
        _("largest PDF in KB"), validators=[MinValueValidator(1), MaxValueValidator(1_000_000)]
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

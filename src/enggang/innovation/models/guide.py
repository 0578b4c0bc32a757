"""The yearly guide of the innovation index as dated rows: its indicators, its formula, its words, and the criteria of KIPP.

The guide is a letter that changes every spring. Nothing of it stands in code: weights, texts, divisors and thresholds are
rows of a year with their source, and as long as nobody has compared a row with the letter it says so.
"""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.innovation.enums_iid import Answer, Scope, Variable
from enggang.innovation.rules import SEES_INSIDE
from enggang.places.models.dated import DatedQuerySet, Sourced

YEARS = [MinValueValidator(2017), MaxValueValidator(2100)]
POINTS: dict[str, Any] = {
    "max_digits": 7,
    "decimal_places": 2,
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(0)],
}


class GuideQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.readable_by(actor, *SEES_INSIDE)


class Guide(Sourced):
    """A row of the guide of one year."""

    year = models.PositiveSmallIntegerField(_("year of the guide"), validators=YEARS)

    objects = GuideQuerySet.as_manager()

    class Meta:
        abstract = True


class GuideYear(Guide):
    """What the guide of a year says of the whole: formula, totals, and the days between which something is asked.

    A number that nobody knows yet is empty, never a 0: what needs it is then not reckoned.
    """

    letter = models.CharField(_("letter"), max_length=200, blank=True)
    divisor = models.PositiveSmallIntegerField(
        _("divisor of the sum of innovations, at least"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    count_weight = models.DecimalField(
        _("points for each innovation"), max_digits=5, decimal_places=3, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    count_cap = models.PositiveSmallIntegerField(_("innovations that are counted at most"), null=True, blank=True)
    basic_needed = models.PositiveSmallIntegerField(_("basic services to be covered"), null=True, blank=True)
    basic_of = models.PositiveSmallIntegerField(_("of so many basic services"), null=True, blank=True)
    region_max = models.DecimalField(_("most points of the region"), **POINTS)
    own_max = models.DecimalField(_("most points of one innovation"), **POINTS)
    count_max = models.DecimalField(_("most points for the number"), **POINTS)
    adopted_from = models.DateField(_("adopted from"), null=True, blank=True)
    adopted_to = models.DateField(_("adopted until"), null=True, blank=True)
    window_from = models.DateField(_("entry opens on"), null=True, blank=True)
    window_to = models.DateField(_("entry closes on"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return f"{self.year}"


class GuideIndicator(Guide):
    """``code`` is the number in the guide (16 to 35 for innovations). The score is weight × parameter, 0 without one."""

    scope = models.CharField(_("whose"), max_length=10, choices=Scope.choices, default=Scope.INNOVATION)
    code = models.SlugField(_("number"), max_length=20, db_index=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("indicator"), max_length=120)
    weight = models.PositiveSmallIntegerField(_("weight"), null=True, blank=True, validators=[MaxValueValidator(100)])
    first = models.CharField(_("parameter 1"), max_length=300, blank=True)
    second = models.CharField(_("parameter 2"), max_length=300, blank=True)
    third = models.CharField(_("parameter 3"), max_length=300, blank=True)
    is_mandatory = models.BooleanField(_("mandatory"), default=False)
    evidence = models.CharField(_("evidence that is asked for"), max_length=300, blank=True)
    variable = models.CharField(_("group"), max_length=20, choices=Variable.choices, blank=True)
    genre = models.SlugField(
        _("kind of evidence that this system may know"), max_length=20, blank=True, db_index=False,
        help_text=_("training, publicity, video, survey, stages, replication and others: what is found is proposed here."),
    )  # fmt: skip

    class Meta:
        ordering = ["-year", "scope", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def texts(self) -> tuple[str, str, str]:
        return (self.first, self.second, self.third)

    @property
    def most(self) -> int:
        return 3 * (self.weight or 0)


class GuidePredicate(Guide):
    """From ``from_score`` on, and below the next one, the index is called ``label``."""

    label = models.CharField(_("label"), max_length=60)
    from_score = models.DecimalField(
        _("from"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )  # fmt: skip

    class Meta:
        ordering = ["-year", "-from_score", "pk"]

    def __str__(self) -> str:
        return f"≥ {self.from_score}: {self.label}"


class ProposalCriterion(Guide):
    """What the competition for innovations of public service (KIPP) asks. ``percent`` is empty where it is not known.

    ``feeds`` names the part of the record that answers it.
    """

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("criterion"), max_length=120)
    question = models.CharField(_("question"), max_length=300, blank=True)
    percent = models.PositiveSmallIntegerField(
        _("share (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    feeds = models.CharField(_("answered from"), max_length=20, choices=Answer.choices, blank=True)

    class Meta:
        ordering = ["-year", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class ProfileField(Guide):
    """A field of the profile that the form of the index asks of every innovation.

    ``code`` tells what of the record fills it; a code that the record does not know is typed by hand.
    """

    code = models.SlugField(_("code"), max_length=20, db_index=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("field"), max_length=120)
    is_mandatory = models.BooleanField(_("mandatory"), default=True)
    least_words = models.PositiveSmallIntegerField(_("words at least"), default=0)

    class Meta:
        ordering = ["-year", "position", "pk"]

    def __str__(self) -> str:
        return self.title

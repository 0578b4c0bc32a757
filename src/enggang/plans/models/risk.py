"""What may go wrong: the register, the zones of the crowd, and the checklist of cleanliness, health, safety, environment."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Versioned
from enggang.places.models.dated import DatedQuerySet, Sourced
from enggang.plans.enums import Aspect, Grade, RiskKind, RiskState
from enggang.plans.models.plan import Member, Plan
from enggang.plans.rules import READS

FIVE = [MinValueValidator(1), MaxValueValidator(5)]
SCORE = [MinValueValidator(1), MaxValueValidator(25)]
PEOPLE = [MinValueValidator(0), MaxValueValidator(10_000_000)]


class RuleQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.readable_by(actor, *READS)


class Risk(Versioned):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="risks")
    title = models.CharField(_("risk"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=RiskKind.choices, default=RiskKind.OTHER)
    cause = models.CharField(_("cause"), max_length=500, blank=True)
    effect = models.CharField(_("effect"), max_length=500, blank=True)
    likelihood = models.PositiveSmallIntegerField(_("likelihood (1–5)"), validators=FIVE)
    impact = models.PositiveSmallIntegerField(_("impact (1–5)"), validators=FIVE)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="risks", verbose_name=_("owner")
    )
    treatment = models.CharField(_("treatment"), max_length=1000, blank=True)
    trigger = models.CharField(_("trigger"), max_length=300, blank=True)
    residual_likelihood = models.PositiveSmallIntegerField(
        _("likelihood after treatment"), null=True, blank=True, validators=FIVE
    )
    residual_impact = models.PositiveSmallIntegerField(
        _("impact after treatment"), null=True, blank=True, validators=FIVE
    )
    state = models.CharField(max_length=10, choices=RiskState.choices, default=RiskState.OPEN)

    class Meta:
        ordering = [(models.F("likelihood") * models.F("impact")).desc(), "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def residual(self) -> int | None:
        if self.residual_likelihood is None or self.residual_impact is None:
            return None
        return self.residual_likelihood * self.residual_impact


class RiskBand(Sourced):
    """From which score (likelihood × impact) on a risk is called low, medium, high, extreme."""

    name = models.CharField(_("name"), max_length=40)
    from_score = models.PositiveSmallIntegerField(_("from score"), validators=SCORE)
    grade = models.CharField(_("grade"), max_length=4, choices=Grade.choices)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["from_score", "pk"]

    def __str__(self) -> str:
        return self.name


class CrowdZone(Versioned):
    """A part of a site. ``capacity`` is what somebody has set for it; what the limits allow is reckoned."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="zones")
    site = models.CharField(_("site"), max_length=120, blank=True)
    name = models.CharField(_("zone"), max_length=120)
    area = models.PositiveIntegerField(_("area (m²)"), validators=[MinValueValidator(1), MaxValueValidator(10_000_000)])
    peak = models.PositiveIntegerField(_("expected at the peak (people)"), validators=PEOPLE)
    capacity = models.PositiveIntegerField(
        _("capacity that was set (people)"), null=True, blank=True, validators=PEOPLE
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["site", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.site}: {self.name}" if self.site else self.name

    @property
    def density(self) -> float:
        """Persons per square metre at the peak."""
        return self.peak / self.area


class CrowdLimit(Sourced):
    """From which density on (hundredths of a person per m²) a zone is called so."""

    name = models.CharField(_("name"), max_length=80)
    hundredths = models.PositiveSmallIntegerField(
        _("persons per 100 m²"), validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    grade = models.CharField(_("grade"), max_length=4, choices=Grade.choices)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["hundredths", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hundredths / 100:g}/m²)"


class ChecklistItem(Sourced):
    """One point of the CHSE checklist, in words of our own."""

    aspect = models.CharField(_("aspect"), max_length=1, choices=Aspect.choices)
    text = models.CharField(_("point"), max_length=300)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["aspect", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class ChecklistTick(Versioned):
    """How a point stands in a plan: ticked or not, with a note and a photo or paper that shows it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    done = models.BooleanField(_("done"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "item"], name="plans_tick_once")]

    def __str__(self) -> str:
        return f"{self.item}"

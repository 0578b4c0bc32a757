"""Numbers from regulations: dated rows with their source. Shipped rows are for everyone, local ones for an agency."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enggang.budgets.amounts import FULL, MOST, percent
from enggang.budgets.enums import Category, CeilingKind, Counts, RankGroup, TaxKind, TaxStatus, TeacherOrigin
from enggang.budgets.rules import READS
from enggang.core.actor import Actor
from enggang.core.text import folded
from enggang.places.models.dated import Dated, DatedQuerySet

RUPIAH = [MinValueValidator(0), MaxValueValidator(MOST)]
POINTS = [MinValueValidator(0), MaxValueValidator(FULL)]


class RuleQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Shipped rows for whoever reads budgets; local ones of the own agency, of those below and of those above."""
        return self.readable_by(actor, *READS)


class DatedRule(Dated):
    """A row that nobody has compared with the regulation's text says so on every screen that uses it."""

    verified = models.BooleanField(_("compared with the text of the regulation"), default=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def doubt(self) -> str:
        return "" if self.verified else gettext("unverified")


class PriceStandard(DatedRule):
    """The unit price of a region and year (SHS/SSH): a ceiling, or an estimate."""

    region = models.ForeignKey("places.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2199)])
    category = models.CharField(_("category"), max_length=12, choices=Category.choices, default=Category.OTHER)
    item = models.CharField(_("item"), max_length=200)
    item_key = models.CharField(max_length=200, editable=False, db_index=True)
    unit = models.CharField(_("unit"), max_length=40)
    price = models.BigIntegerField(_("unit price (Rp)"), validators=RUPIAH)
    kind = models.CharField(_("kind"), max_length=8, choices=CeilingKind.choices, default=CeilingKind.CEILING)

    class Meta:
        ordering = ["-year", "item_key", "pk"]

    def __str__(self) -> str:
        return f"{self.item} / {self.unit} ({self.year})"

    def fold(self) -> None:
        """To be called by whatever sets the item."""
        self.item_key = folded(self.item)[:200]


class TeachingUnit(DatedRule):
    """What an honorarium is paid by: an hour of 60 minutes (OJ), a lesson of 45 (JP)."""

    name = models.CharField(_("name"), max_length=60)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(480)])
    counts = models.CharField(_("counted by"), max_length=8, choices=Counts.choices, default=Counts.MINUTES)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class HonorariumRate(DatedRule):
    """Rupiah per teaching unit, by where the instructor comes from and by rank."""

    unit = models.ForeignKey(TeachingUnit, on_delete=models.PROTECT, related_name="rates", verbose_name=_("unit"))
    teacher_origin = models.CharField(_("instructor"), max_length=8, choices=TeacherOrigin.choices)
    rank_group = models.CharField(_("rank"), max_length=4, choices=RankGroup.choices, blank=True)
    amount = models.BigIntegerField(_("amount per unit (Rp)"), validators=RUPIAH)

    class Meta:
        ordering = ["unit", "teacher_origin", "rank_group", "pk"]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_teacher_origin_display()} · {self.get_rank_group_display()}"


class TaxRate(DatedRule):
    """Basis points of the part of an amount that is taxed (``base_points``: 5,000 is half of it)."""

    kind = models.CharField(_("tax"), max_length=6, choices=TaxKind.choices)
    tax_status = models.CharField(_("for"), max_length=6, choices=TaxStatus.choices, blank=True)
    rank_group = models.CharField(_("rank"), max_length=4, choices=RankGroup.choices, blank=True)
    points = models.PositiveIntegerField(_("rate in hundredths of a percent"), validators=POINTS)
    base_points = models.PositiveIntegerField(
        _("taxed part in hundredths of a percent"), default=FULL, validators=POINTS
    )

    class Meta:
        ordering = ["kind", "tax_status", "rank_group", "pk"]

    def __str__(self) -> str:
        asked = (self.tax_status, self.get_tax_status_display()), (self.rank_group, self.get_rank_group_display())
        who = " ".join(str(label) for value, label in asked if value)
        return f"{self.get_kind_display()} {self.percent}" + (f" ({who})" if who else "")

    @property
    def percent(self) -> str:
        """The rate, and of which part when not of all."""
        if self.base_points == FULL:
            return percent(self.points)
        return gettext("%(rate)s of %(part)s") % {"rate": percent(self.points), "part": percent(self.base_points)}


class EvidenceRule(DatedRule):
    """A document that payments of a category need, from an amount on and below another."""

    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    name = models.CharField(_("document"), max_length=200)
    from_amount = models.BigIntegerField(_("from (Rp)"), default=0, validators=RUPIAH)
    below_amount = models.BigIntegerField(_("below (Rp)"), null=True, blank=True, validators=RUPIAH)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["category", "position", "pk"]

    def __str__(self) -> str:
        return self.name

    def covers(self, category: str, amount: int) -> bool:
        within = self.from_amount <= amount and (self.below_amount is None or amount < self.below_amount)
        return self.category == category and within

"""A budget: its lines, where the money comes from, what was contracted and paid, and what proves it."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.budgets.amounts import MOST
from enggang.budgets.enums import BudgetState, Category, OverPlan, ReceiptKind, SourceKind
from enggang.budgets.models.rule import RUPIAH
from enggang.budgets.rules import MANAGERS, PAYS, READS
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any

COUNT = [MinValueValidator(1), MaxValueValidator(1_000_000)]
PAID = [MinValueValidator(1), MaxValueValidator(MOST)]


class BudgetQuerySet(models.QuerySet["Budget"]):
    def visible_to(self, actor: Actor) -> BudgetQuerySet:
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))

    def managed_by(self, actor: Actor) -> BudgetQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def paid_by(self, actor: Actor) -> BudgetQuerySet:
        return self.filter(below_any(actor.paths(*PAYS), "organisation__path"))

    def with_names(self) -> BudgetQuerySet:
        return self.select_related("subject", "organisation__subject", "organisation__region", "about")


class Budget(Noun, Versioned):
    """``about`` is what the money is for: the subject of a wave or of an event, which this engine does not know."""

    subject_kind = "budget"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="budgets")
    about = models.ForeignKey("core.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(
        _("budget year"), validators=[MinValueValidator(2000), MaxValueValidator(2199)]
    )
    state = models.CharField(max_length=10, choices=BudgetState.choices, default=BudgetState.DRAFT)
    over_plan = models.CharField(
        _("more than planned"), max_length=8, choices=OverPlan.choices, default=OverPlan.REASON
    )
    closing_reason = models.TextField(max_length=1000, blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == BudgetState.DRAFT

    @property
    def is_approved(self) -> bool:
        return self.state == BudgetState.APPROVED

    @property
    def is_closed(self) -> bool:
        return self.state == BudgetState.CLOSED


class MoneySource(models.Model):
    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(_("kind"), max_length=8, choices=SourceKind.choices, default=SourceKind.APBD)
    name = models.CharField(_("name of the source"), max_length=200)
    amount = models.BigIntegerField(_("amount (Rp)"), validators=PAID)

    class Meta:
        ordering = ["kind", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class BudgetLine(Versioned):
    """``volume`` × ``frequency`` × ``price``, all whole numbers; the total is never stored."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(default=0)
    account_code = models.CharField(_("account code"), max_length=40, blank=True)
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    item = models.CharField(_("item"), max_length=200)
    volume = models.PositiveIntegerField(_("volume"), validators=COUNT)
    unit = models.CharField(_("unit"), max_length=40)
    frequency = models.PositiveIntegerField(_("frequency"), default=1, validators=COUNT)
    price = models.BigIntegerField(_("unit price (Rp)"), validators=RUPIAH)
    source = models.ForeignKey(
        MoneySource, null=True, blank=True, on_delete=models.SET_NULL, related_name="lines",
        verbose_name=_("source of money"),
    )  # fmt: skip
    standard = models.ForeignKey(
        "budgets.PriceStandard", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("price standard"),
    )  # fmt: skip
    ceremonial = models.BooleanField(_("for ceremony and guests of honour"), default=False)
    over_reason = models.TextField(
        _("reason for going above the standard"), max_length=500, blank=True, validators=[MaxLengthValidator(500)]
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.item

    @property
    def planned(self) -> int:
        return self.volume * self.frequency * self.price

    @property
    def is_over_standard(self) -> bool:
        return self.standard is not None and self.price > self.standard.price


class Contract(models.Model):
    """What was agreed with a supplier for a line. A mistake is voided, never deleted."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(_("contract number"), max_length=100)
    partner = models.CharField(_("supplier"), max_length=200)
    business_number = models.CharField(_("NIB"), max_length=20, blank=True)
    signed_on = models.DateField(_("signed on"))
    amount = models.BigIntegerField(_("amount (Rp)"), validators=PAID)
    over_reason = models.TextField(_("reason for going above the plan"), max_length=500, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["signed_on", "pk"]

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """Money that left. ``tax_amount`` is the part of ``amount`` that was withheld for the treasury.

    A correction is a new row that ``replaces`` the voided one.
    """

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="payments")
    contract = models.ForeignKey(
        Contract, null=True, blank=True, on_delete=models.PROTECT, related_name="payments", verbose_name=_("contract")
    )
    paid_on = models.DateField(_("paid on"))
    payee = models.CharField(_("paid to"), max_length=200)
    receipt = models.CharField(_("receipt number"), max_length=100, blank=True)
    receipt_kind = models.CharField(
        _("kind of the number"), max_length=8, choices=ReceiptKind.choices, default=ReceiptKind.RECEIPT,
        db_default=ReceiptKind.RECEIPT,
    )  # fmt: skip
    amount = models.BigIntegerField(_("gross amount (Rp)"), validators=PAID)
    tax = models.ForeignKey(
        "budgets.TaxRate", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tax")
    )
    tax_amount = models.BigIntegerField(_("tax withheld (Rp)"), default=0, validators=RUPIAH)
    over_reason = models.TextField(_("reason for going above the plan"), max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_key = models.CharField(max_length=60)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by", editable=False
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["paid_on", "pk"]

    def __str__(self) -> str:
        return f"{self.payee} {self.amount}"

    @property
    def numbered(self) -> str:
        """The number with what it is of, as it stands in a list; nothing without a number."""
        return f"{self.get_receipt_kind_display()} {self.receipt}" if self.receipt else ""

    @property
    def net(self) -> int:
        return self.amount - self.tax_amount


class EvidenceFile(models.Model):
    """A file that proves a line, for one document of the checklist or beside it."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="evidence")
    rule = models.ForeignKey(
        "budgets.EvidenceRule", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("document"),
    )  # fmt: skip
    name = models.CharField(_("what it is"), max_length=200)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class PlanImport(models.Model):
    """A RAB workbook as it was brought: looked at first, then its good rows become lines."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="imports")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.budget} {self.brought_at:%Y-%m-%d}"

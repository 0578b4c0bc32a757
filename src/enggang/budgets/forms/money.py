from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enggang.budgets.amounts import MOST, read, shown
from enggang.budgets.enums import Category, OverPlan, ReceiptKind, SourceKind
from enggang.budgets.models import Budget, BudgetLine, EvidenceRule, Payment, PriceStandard, TaxRate
from enggang.budgets.numbers import NIB
from enggang.budgets.queries.overview import evidence_rules
from enggang.budgets.queries.standards import standards_for
from enggang.core import clock
from enggang.core.forms import day_field, field_of, text_area


class RupiahField(forms.CharField):
    """Typed as people write money: ``1.500.000``, ``Rp 1.500.000,00``. Answers whole rupiah, or None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "empty_value": None, **kwargs})
        self.validators = []  # those of text; ``to_python`` has weighed the number

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text is None:
            return None
        amount = read(text)
        if amount is not None and amount > MOST:
            most = {"most": shown(MOST)}
            raise ValidationError(_("At most %(most)s. Is there a nought too many?"), code="most", params=most)
        if amount is None:
            raise ValidationError(_("Type whole rupiah, for example 1.500.000."), code="rupiah")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return shown(value).removeprefix("Rp\u00a0") if isinstance(value, int) else value


def receipt_kind_field() -> forms.TypedChoiceField:
    """What the number of a payment is of; a receipt where nothing is said."""
    return forms.TypedChoiceField(
        label=_("Kind of the number"), choices=ReceiptKind.choices, required=False, empty_value=ReceiptKind.RECEIPT,
        initial=ReceiptKind.RECEIPT,
    )  # fmt: skip


class BudgetForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200)
    year = forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2199)
    over_plan = forms.ChoiceField(label=_("More contracted or paid than planned"), choices=OverPlan.choices)


class SourceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=SourceKind.choices)
    name = forms.CharField(
        label=_("Name of the source"), max_length=200, help_text=_("For example: DPA Disporapar 2026.")
    )
    amount = RupiahField(label=_("Amount (Rp)"))


class LineForm(forms.Form):
    item = forms.CharField(label=_("Item"), max_length=200)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    volume = forms.IntegerField(label=_("Volume"), min_value=1, max_value=1_000_000)
    unit = forms.CharField(label=_("Unit"), max_length=40, help_text=_("For example: person, OJ, package."))
    frequency = forms.IntegerField(label=_("Frequency"), min_value=1, max_value=1_000_000, initial=1)
    price = RupiahField(label=_("Unit price (Rp)"))
    account_code = forms.CharField(label=_("Account code"), max_length=40, required=False)
    source = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("Source of money"), required=False)
    standard = forms.ModelChoiceField(
        PriceStandard.objects.none(), label=_("Price standard"), required=False,
        help_text=_("The regional standard that the unit price is measured by."),
    )  # fmt: skip
    over_reason = forms.CharField(
        label=_("Reason for going above the standard"), max_length=500, required=False, widget=text_area()
    )
    ceremonial = forms.BooleanField(label=_("For ceremony and guests of honour"), required=False)

    def __init__(self, *args: Any, budget: Budget, line: BudgetLine | None = None, **kwargs: Any) -> None:
        if line is not None:
            names = [name for name in self.base_fields if name != "version"]
            kwargs["initial"] = {name: getattr(line, name) for name in names} | {"version": line.version}
        super().__init__(*args, **kwargs)
        field_of(self, "source", forms.ModelChoiceField).queryset = budget.sources.all()
        standard = field_of(self, "standard", forms.ModelChoiceField)
        standard.queryset = standards_for(budget)
        standard.label_from_instance = _priced  # type: ignore[method-assign,assignment]


class EditLineForm(LineForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


def _priced(standard: Any) -> str:
    mark = "" if standard.verified else f" · {_('unverified')}"
    return f"{standard.item} / {standard.unit}: {shown(standard.price)}{mark}"


class ContractForm(forms.Form):
    number = forms.CharField(label=_("Contract number"), max_length=100)
    partner = forms.CharField(label=_("Supplier"), max_length=200)
    business_number = forms.CharField(label=_("NIB"), max_length=20, required=False, validators=[NIB])
    signed_on = day_field(_("Signed on"))
    amount = RupiahField(label=_("Amount (Rp)"))
    over_reason = forms.CharField(label=_("Reason for going above the plan"), max_length=500, required=False)


class PaymentForm(forms.Form):
    paid_on = day_field(_("Paid on"))
    payee = forms.CharField(label=_("Paid to"), max_length=200)
    amount = RupiahField(label=_("Gross amount (Rp)"))
    tax = forms.ModelChoiceField(TaxRate.objects.none(), label=_("Tax"), required=False)
    tax_amount = RupiahField(
        label=_("Tax withheld (Rp)"), required=False, help_text=_("Left empty, it is reckoned from the rate.")
    )
    receipt_kind = receipt_kind_field()
    receipt = forms.CharField(label=_("Number (kuitansi, SPM, SP2D)"), max_length=100, required=False)
    contract = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("Contract"), required=False)
    over_reason = forms.CharField(label=_("Reason for going above the plan"), max_length=500, required=False)
    other_year = forms.BooleanField(label=_("The day lies outside the budget year, and that is right"), required=False)

    def __init__(self, *args: Any, line: BudgetLine, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"paid_on": clock.today()}, **kwargs})
        contracts = line.contracts.filter(voided_at=None)
        if contracts:
            field_of(self, "contract", forms.ModelChoiceField).queryset = contracts
        else:
            del self.fields["contract"]
        rates = TaxRate.objects.serving(line.budget.organisation).on(clock.today())
        field_of(self, "tax", forms.ModelChoiceField).queryset = rates.order_by("kind", "pk")


class CorrectPaymentForm(PaymentForm):
    """The payment as it should have been, and why."""

    reason = forms.CharField(label=_("What was wrong"), max_length=500, widget=text_area())

    def __init__(self, *args: Any, payment: Payment, **kwargs: Any) -> None:
        names = (
            "paid_on",
            "payee",
            "amount",
            "tax",
            "tax_amount",
            "receipt",
            "receipt_kind",
            "contract",
            "over_reason",
        )
        initial = {name: getattr(payment, name) for name in names}
        initial["other_year"] = payment.paid_on.year != payment.line.budget.year
        super().__init__(*args, line=payment.line, initial=initial, **kwargs)


class EvidenceForm(forms.Form):
    rule = forms.ModelChoiceField(EvidenceRule.objects.none(), label=_("Document of the checklist"), required=False)
    name = forms.CharField(label=_("Or another document"), max_length=200, required=False)
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, line: BudgetLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = [rule.pk for rule in evidence_rules(line.budget) if rule.category == line.category]
        field_of(self, "rule", forms.ModelChoiceField).queryset = EvidenceRule.objects.filter(pk__in=wanted)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("rule") and not data.get("name"):
            self.add_error("name", _("Say what the document is."))
        return data


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("With the columns “Uraian”, “Volume”, “Satuan”, “Frekuensi”, “Harga satuan”, “Kode rekening”."),
    )  # fmt: skip

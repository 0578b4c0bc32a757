from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enggang.budgets.forms.money import RupiahField
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.events.domain.stalls import Picture
from enggang.events.enums_stalls import PlotKind
from enggang.events.forms.events import regencies
from enggang.events.forms.rows import RowForm
from enggang.events.models import (
    Business,
    Edition,
    Plot,
    StallApplication,
    StallCall,
    StallCategory,
    StallContract,
    Turnover,
)
from enggang.events.models.turnover import MOST_HANDS, MOST_SALES
from enggang.events.queries.stalls import categories_of
from enggang.events.rules import MANAGERS
from enggang.people.phones import shown_phone
from enggang.places.forms.tree import offer_in_tree
from enggang.places.models import Organisation

MOMENT = "%Y-%m-%dT%H:%M"


def moment(label: Any, **kwargs: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, required=False, **kwargs)


def kinds_of(edition: Edition) -> Any:
    return StallCategory.objects.filter(pk__in=[each.pk for each in categories_of(edition)])


class StallCallForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opens_at = moment(_("Applications from"), help_text=_("Empty: as soon as it is published."))
    closes_at = moment(_("Applications until"), help_text=_("Empty: until you close it."))
    fee = RupiahField(label=_("What a stall costs (Rp)"), required=False, help_text=_("Empty or 0: it costs nothing."))

    class Meta:
        model = StallCall
        fields = [
            "title", "text", "requirements", "opens_at", "closes_at", "stalls", "fee", "fee_note", "contact",
            "contact_phone", "shows_map", "shows_sums",
        ]  # fmt: skip
        widgets = {"text": text_area(4), "requirements": text_area(4)}
        help_texts = {
            "requirements": _("For example: NIB or willing to make one, prices shown, own waste taken along."),
            "fee_note": _("For example: with tent, table and light; a deposit for cleaning."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["contact_phone"] = shown_phone(self.initial.get("contact_phone") or "")

    def clean_fee(self) -> int:
        return self.cleaned_data.get("fee") or 0


class ApplyForm(RowForm):
    """What a vendor fills in on a phone in two minutes."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    phone = forms.CharField(
        label=_("Phone (WhatsApp)"), max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("The committee answers you there. Nobody else sees it."),
    )  # fmt: skip
    nib = forms.CharField(
        label=_("NIB"), required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("13 digits, from oss.go.id. Not yet? Leave it empty; you can add it later."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("A picture of what you sell"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}), help_text=_("JPEG or PNG, at most 5 MB."),
    )  # fmt: skip

    class Meta:
        model = StallApplication
        fields = [
            "name", "owner", "phone", "region", "category", "sells", "nib", "electricity", "water", "email", "wishes",
        ]  # fmt: skip
        help_texts = {
            "sells": _("For example: kue lapis, talam and iced sugar cane."),
            "email": _("If you have one, the answer also comes there."),
        }
        widgets = {"sells": text_area()}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = secrets.token_urlsafe(18)
        region = field_of(self, "region", forms.ModelChoiceField)
        region.queryset, region.empty_label, region.required = regencies(), _("Choose"), True
        category = field_of(self, "category", forms.ModelChoiceField)
        category.queryset, category.empty_label, category.required = kinds_of(edition), _("Choose"), True
        if not self.instance.pk:
            self.initial.setdefault("region", edition.event.region_id)

    @property
    def picture(self) -> Picture | None:
        file = self.cleaned_data.get("file")
        return Picture(file.read(), file.name) if file else None

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"once", "file", "version"}}


class CorrectForm(ApplyForm):
    """``given``: a stall is given, so what it was chosen for stays as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, given: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.initial["phone"] = shown_phone(self.instance.phone)
        kept = StallCategory.objects.filter(pk=self.instance.category_id)
        field_of(self, "category", forms.ModelChoiceField).queryset = kinds_of(edition) | kept
        del self.fields["once"]
        if given:
            for name in ("name", "category", "sells"):
                del self.fields[name]


class DecideForm(forms.Form):
    """One or many at a time."""

    to = forms.ChoiceField(choices=[(each, each) for each in ("accepted", "waiting", "declined", "new")])
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class BusinessForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    phone = forms.CharField(label=_("Phone (WhatsApp)"), max_length=30, required=False)
    nib = forms.CharField(label=_("NIB"), max_length=30, required=False, help_text=_("13 digits."))

    class Meta:
        model = Business
        fields = [
            "organisation",
            "name",
            "owner",
            "phone",
            "email",
            "region",
            "category",
            "sells",
            "nib",
            "kbli",
            "note",
        ]
        labels = {"organisation": _("agency")}
        help_texts = {"kbli": _("5 digits, as on the paper of the NIB.")}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = field_of(self, "organisation", forms.ModelChoiceField)
        offer_in_tree(organisation, Organisation.objects.on().held_by(actor, *MANAGERS))
        field_of(self, "region", forms.ModelChoiceField).queryset = regencies()
        if self.instance.pk:
            organisation.disabled = True
            self.initial["phone"] = shown_phone(self.instance.phone)


class ContractForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    signed_on = day_field(_("Signed on"), required=False)
    fee = RupiahField(label=_("Agreed cost (Rp)"), required=False)
    paid = RupiahField(label=_("Paid (Rp)"), required=False)
    paid_on = day_field(_("Paid on"), required=False)
    handover_on = day_field(_("Handed over on"), required=False)

    class Meta:
        model = StallContract
        fields = [
            "number", "signed_on", "fee", "paid", "paid_on", "receipt", "handover_number", "handover_on", "note",
        ]  # fmt: skip

    def __init__(self, data: Any = None, *, application: StallApplication) -> None:
        found = getattr(application, "contract", None)
        instance = found or StallContract(application=application, fee=application.call.fee)
        super().__init__(data, instance=instance)
        self.fields["version"].initial = found.version if found else 0

    @property
    def facts(self) -> dict[str, Any]:
        return {**super().facts, "fee": self.cleaned_data["fee"] or 0, "paid": self.cleaned_data["paid"] or 0}


class PaperForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Which paper"), choices=[("file", _("Signed contract")), ("handover_file", _("Handover (BAST)"))]
    )
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


class RowsForm(forms.Form):
    """Rows of stalls to be drawn."""

    letter = forms.CharField(
        label=_("First row"), max_length=1, required=False, initial="A",
        help_text=_("A letter: A1, A2, then B1. Empty: numbered 1, 2, 3."),
    )  # fmt: skip
    rows = forms.IntegerField(label=_("Rows"), min_value=1, max_value=26, initial=2)
    columns = forms.IntegerField(label=_("Stalls in a row"), min_value=1, max_value=58, initial=10)
    category = forms.ModelChoiceField(StallCategory.objects.none(), label=_("Meant for"), required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "category", forms.ModelChoiceField).queryset = kinds_of(edition)


class PlotForm(RowForm):
    class Meta:
        model = Plot
        fields = ["kind", "code", "category", "x", "y", "width", "height"]

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "category", forms.ModelChoiceField).queryset = kinds_of(edition)
        if self.instance.application_id:
            field_of(self, "kind", forms.ChoiceField).choices = [(PlotKind.STALL.value, PlotKind.STALL.label)]


class TurnoverForm(forms.Form):
    """What a stall took in on a day: one number, the rest as the vendor likes."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    day = forms.DateField(widget=forms.HiddenInput)
    amount = RupiahField(label=_("Taken in (Rp)"), help_text=_("0 when nothing was sold, or the stall was closed."))
    hands = forms.IntegerField(
        label=_("People who worked"), required=False, min_value=0, max_value=MOST_HANDS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    sales = forms.IntegerField(
        label=_("Number of sales"), required=False, min_value=0, max_value=MOST_SALES,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    qris = RupiahField(label=_("Of it by QRIS (Rp)"), required=False)

    def __init__(self, data: Any = None, *, day: date, row: Turnover | None = None) -> None:
        names = ("amount", "hands", "sales", "qris", "version")
        found = {name: getattr(row, name) for name in names} if row is not None else {}
        super().__init__(data, initial={"day": day, **found})
        self.fields["amount"].widget.attrs |= {"data-rupiah": "", "class": "big-number"}
        self.fields["qris"].widget.attrs |= {"data-rupiah": ""}
        self.fields["amount"].label = _("Taken in on %(day)s (Rp)") % {"day": date_format(day, "l, j F")}

    @property
    def report(self) -> dict[str, Any]:
        return {**self.cleaned_data, "version": self.cleaned_data.get("version") or 0}


class StaffTurnoverForm(TurnoverForm):
    """As the vendor told it; a correction says why."""

    reason = forms.CharField(label=_("Reason of the correction"), max_length=300, required=False)

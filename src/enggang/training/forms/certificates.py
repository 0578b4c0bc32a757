"""Who signs the certificates of a batch, where, when and how; and whose are printed for the ceremony."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS, field_of
from enggang.documents.enums import SigningForm as Right
from enggang.documents.forms.letters import signatories_of
from enggang.documents.models import Signatory
from enggang.training.domain.certificates import KIND, Signing
from enggang.training.models import Wave
from enggang.training.queries.forecast import Order

ELECTRONIC, WET = "electronic", "wet"


class SigningForm(forms.Form):
    """A signatory in force on the day of issue, or one typed for this batch."""

    city = forms.CharField(label=_("Place of issue"), max_length=60)
    on = forms.DateField(
        label=_("Date of issue"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=POSSIBLE_DAYS,
    )
    signatory = forms.ModelChoiceField(
        Signatory.objects.none(), label=_("Signatory"), required=False, empty_label=_("Typed below"),
        help_text=_("Those of the agency, with their form (Plt., Plh., a.n.), are kept under “Letters”."),
    )  # fmt: skip
    post = forms.CharField(label=_("Post of the signatory"), max_length=200, required=False)
    name = forms.CharField(label=_("Name of the signatory"), max_length=120, required=False)
    rank = forms.CharField(label=_("Rank of the signatory"), max_length=60, required=False)
    nip = forms.CharField(
        label=_("NIP of the signatory"), max_length=24, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    signed = forms.ChoiceField(
        label=_("How they are signed"), widget=forms.RadioSelect, initial=ELECTRONIC, required=False,
        choices=[(ELECTRONIC, _("Electronically, now or later")), (WET, _("By pen and stamp on the paper"))],
    )  # fmt: skip

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = signatories_of(wave.organisation, KIND)
        field = field_of(self, "signatory", forms.ModelChoiceField)
        field.queryset = rows
        if not rows.exists():
            del self.fields["signatory"]
        elif not self.is_bound and not self.initial.get("name"):
            field.initial = rows.first()

    def clean_nip(self) -> str:
        digits = "".join(char for char in self.cleaned_data["nip"] if char.isdigit())
        if self.cleaned_data["nip"].strip() and len(digits) != 18:
            raise forms.ValidationError(_now("An NIP has 18 digits."))
        return digits

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen, day = data.get("signatory"), data.get("on")
        if chosen and day and not chosen.holds_on(day):
            self.add_error("signatory", _now("This signatory is not in force on the date of issue."))
        for name in ("post", "name"):
            if not chosen and name not in self.errors and not data.get(name, "").strip():
                self.add_error(name, _now("Type who signs, or choose a signatory."))
        return data

    def signing(self) -> Signing:
        data = self.cleaned_data
        where = {"city": data["city"], "on": data["on"], "wet": data.get("signed") == WET}
        if chosen := data.get("signatory"):
            above = f"a.n. {chosen.on_behalf}" if chosen.form == Right.AN else ""
            nip = "".join(char for char in chosen.nip if char.isdigit())
            post = chosen.title_lines[-1]
            return Signing(post=post, name=chosen.name, rank=chosen.rank, nip=nip, above=above, **where)
        return Signing(post=data["post"], name=data["name"], rank=data["rank"], nip=data["nip"], **where)


class CeremonyForm(SigningForm):
    """The signing of a batch and the order in which its papers lie."""

    order = forms.ChoiceField(label=_("Order of the papers"), choices=Order.choices, initial=Order.NAME)


class OrderForm(forms.Form):
    order = forms.ChoiceField(label=_("Order of the papers"), choices=Order.choices, initial=Order.NAME)

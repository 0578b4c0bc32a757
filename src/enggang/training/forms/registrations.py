from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS
from enggang.seats.enums import Promotion
from enggang.training.enums import Outcome


class SelfRegistrationForm(forms.Form):
    """Matched with the roster: both must agree, and the answer never tells which of the two did not."""

    nip = forms.CharField(
        label=_("NIP"),
        max_length=40,
        help_text=_("18 digits; spaces do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        help_text=_("As in your agency's staff list; titles may be left out."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class ConfirmNameForm(forms.Form):
    printed_name = forms.CharField(
        label=_("Name on the certificate"),
        max_length=200,
        help_text=_("Exactly as it is to be printed, with titles and commas."),
    )


class OverrideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=[(Outcome.PASSED, Outcome.PASSED.label), (Outcome.FAILED, Outcome.FAILED.label)]
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with the decision and shown to inspectors."),
    )  # fmt: skip


class SigningForm(forms.Form):
    city = forms.CharField(label=_("Place of issue"), max_length=60)
    on = forms.DateField(
        label=_("Date of issue"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=POSSIBLE_DAYS,
    )
    post = forms.CharField(label=_("Post of the signatory"), max_length=200)
    name = forms.CharField(label=_("Name of the signatory"), max_length=200)
    rank = forms.CharField(label=_("Rank of the signatory"), max_length=60, required=False)
    nip = forms.CharField(
        label=_("NIP of the signatory"), max_length=24, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def clean_nip(self) -> str:
        digits = "".join(char for char in self.cleaned_data["nip"] if char.isdigit())
        if self.cleaned_data["nip"].strip() and len(digits) != 18:
            raise forms.ValidationError(_("An NIP has 18 digits."))
        return digits


class PromotionForm(forms.Form):
    """How the waiting list moves."""

    promotion = forms.ChoiceField(
        label=_("Who moves up from the waiting list"), choices=Promotion.choices, widget=forms.RadioSelect
    )
    hold_hours = forms.IntegerField(
        label=_("Hours to confirm"), min_value=0, max_value=720,
        help_text=_("Whoever moves up has this long to confirm the seat. 0: it is theirs at once."),
    )  # fmt: skip
    late_substitution = forms.BooleanField(
        label=_("Agencies may swap people after registration has closed"), required=False
    )


class WalkInForm(forms.Form):
    nip = forms.CharField(
        label=_("NIP"), max_length=40, help_text=_("18 digits; spaces do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    letter_number = forms.CharField(
        label=_("Number of the assignment letter"), max_length=80, help_text=_("As printed on the letter in hand.")
    )
    any_quota = forms.BooleanField(label=_("Also take a seat that another quota left empty"), required=False)

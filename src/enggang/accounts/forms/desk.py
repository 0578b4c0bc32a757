from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.accounts.domain.desk import DIGITS, clean_pin


class DigitsForm(forms.Form):
    pin = forms.CharField(
        label=_("Six digits"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "class": "input--digits",
                "enterkeyhint": "go",
            }
        ),
    )

    def clean_pin(self) -> str:
        """Digits that cannot be right cost no try."""
        pin = clean_pin(self.cleaned_data["pin"])
        if len(pin) != DIGITS:
            raise forms.ValidationError(_("Type the six digits that the officer showed you."))
        return pin

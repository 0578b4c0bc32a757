from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.attendance.forms.marking import ScanForm

_PLAIN = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the screen"),
        help_text=_("Six characters; they change every half minute."),
        max_length=20,
        widget=forms.TextInput(attrs=_PLAIN),
    )


class OwnPassForm(ScanForm):
    """The pass code as the participant has it on their page or on paper."""

    token = forms.CharField(
        label=_("Your pass code"),
        help_text=_("The 12 characters under the square code of your attendance pass."),
        max_length=500,
        widget=forms.TextInput(attrs=_PLAIN),
    )

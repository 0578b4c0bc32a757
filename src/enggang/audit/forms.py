from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.codes import normalise_code
from enggang.core.forms import POSSIBLE_DAYS
from enggang.core.registries import audit_codes


class TrailForm(forms.Form):
    """What may be asked of the trail. Every field is optional."""

    code = forms.ChoiceField(label=_("What"), required=False)
    actor = forms.CharField(label=_("Who"), required=False, max_length=100)
    subject = forms.CharField(label=_("Subject code"), required=False, max_length=40)
    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=POSSIBLE_DAYS,
    )
    until = forms.DateField(
        label=_("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=POSSIBLE_DAYS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = sorted(((str(label), code) for code, label in audit_codes.items()))
        what: Any = self.fields["code"]
        what.choices = [("", _("Everything")), *((code, label) for label, code in labels)]

    def clean_subject(self) -> str:
        return normalise_code(self.cleaned_data["subject"])

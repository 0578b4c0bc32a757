"""Issuing a certificate again: the name it shall carry, why, when, and who signs the new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import POSSIBLE_DAYS, field_of
from enggang.credentials.models import Award
from enggang.documents.models import Signatory


class ReissueForm(forms.Form):
    name = forms.CharField(label=_("Name on the new certificate"), max_length=200)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept in the record and shown to the person it concerns."),
    )  # fmt: skip
    issued_on = forms.DateField(
        label=_("Date of issue"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=POSSIBLE_DAYS,
    )
    signatory = forms.ModelChoiceField(
        Signatory.objects.none(), label=_("Signatory"), required=False, empty_label=_("As on the old one")
    )

    def __init__(self, data: Any = None, *, award: Award) -> None:
        today = clock.today(award.organisation.time_zone)
        super().__init__(data, initial={"name": award.person.name, "issued_on": today})
        rows = Signatory.objects.filter(organisation=award.organisation).on(today, award.document.kind)
        field_of(self, "signatory", forms.ModelChoiceField).queryset = rows
        if not rows:
            del self.fields["signatory"]

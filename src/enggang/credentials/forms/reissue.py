"""Issuing a certificate again: what shall be different, why, when, and who signs the new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import POSSIBLE_DAYS, field_of
from enggang.credentials.models import Award
from enggang.documents.models import Signatory


class ReissueHoursForm(forms.Form):
    """The hours are those of the learning record; only why, when and by whom is asked."""

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

    def __init__(self, data: Any = None, *, award: Award, **initial: Any) -> None:
        today = clock.today(award.organisation.time_zone)
        super().__init__(data, initial={"issued_on": today, **initial})
        rows = Signatory.objects.filter(organisation=award.organisation).on(today, award.document.kind)
        field_of(self, "signatory", forms.ModelChoiceField).queryset = rows
        if not rows:
            del self.fields["signatory"]


class ReissueForm(ReissueHoursForm):
    """Under another name."""

    name = forms.CharField(label=_("Name on the new certificate"), max_length=200)
    field_order = ("name",)

    def __init__(self, data: Any = None, *, award: Award) -> None:
        super().__init__(data, award=award, name=award.person.name)

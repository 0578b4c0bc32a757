from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of
from enggang.training.enums import Signing
from enggang.training.models import Session


class SigningGroupForm(forms.Form):
    by = forms.ChoiceField(
        label=_("People sign"), choices=Signing.choices, widget=forms.RadioSelect, initial=Signing.SESSION
    )
    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat, empty_value=None, required=False)

    def __init__(self, *args: Any, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(day.isoformat(), date_format(day, "l, j F Y")) for day in days]
        field_of(self, "day", forms.TypedChoiceField).choices = [("", _("Every day")), *choices]


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Session.objects.none(), label=_("Merge into"))

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Session.objects.planned().filter(wave=session.wave_id).exclude(pk=session.pk)
        field_of(self, "into", forms.ModelChoiceField).queryset = others

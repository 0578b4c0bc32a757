from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ClockForm(forms.Form):
    file = forms.FileField(
        label=_("List from the machine"),
        help_text=_("CSV or Excel (.xlsx) with its header, at most 10 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )  # fmt: skip

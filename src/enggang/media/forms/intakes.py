from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import day_field

USUAL_DAYS = 14


class IntakeForm(forms.Form):
    author_name = forms.CharField(
        label=_("Photographer’s name"), max_length=200, help_text=_("It stands under the works.")
    )
    note = forms.CharField(label=_("What is asked for"), max_length=300, required=False)
    last_day = day_field(_("Last day on which files are taken"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["last_day"].initial = clock.today() + timedelta(days=USUAL_DAYS)

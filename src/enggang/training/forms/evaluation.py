from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.training.enums import SurveyPurpose

BY_HAND = (SurveyPurpose.INSTRUCTOR, SurveyPurpose.MATERIAL, SurveyPurpose.ORGANISER)


class AddSurveyForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Instrument"), choices=[(choice.value, choice.label) for choice in BY_HAND],
        help_text=_("About instructors, one is made for each who stands in the schedule."),
    )  # fmt: skip

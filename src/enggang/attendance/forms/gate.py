from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

HOURS = [
    (4, _("4 hours: half a day")),
    (12, _("12 hours: one day")),
    (24, _("24 hours")),
    (72, _("72 hours: a trip without signal")),
]


class GateForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the gate"), max_length=80, help_text=_("Such as “Main door” or the volunteer's name.")
    )
    hours = forms.TypedChoiceField(
        label=_("Open for"),
        coerce=int,
        choices=HOURS,
        initial=12,
        help_text=_("Names leave the phone after 12 hours at the latest, and at once when the link ends."),
    )


class FestivalGateForm(GateForm):
    """A gate where people come and go."""

    may_override = forms.BooleanField(
        label=_("This phone is a supervisor's"),
        required=False,
        help_text=_("It may let in whom the rule refuses, with a reason that is kept."),
    )

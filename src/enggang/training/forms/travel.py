from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.budgets.forms.money import RupiahField
from enggang.core.forms import day_field
from enggang.training.forms.money import TripForm
from enggang.training.models import Wave


class TripsForm(TripForm):
    """One row for everybody; what differs by person is changed afterwards."""

    from_elsewhere = forms.BooleanField(
        label=_("Only those whose agency stands elsewhere"), required=False, initial=True
    )
    per_diem = RupiahField(label=_("Per diem (Rp)"))

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, wave=wave, **kwargs)
        for name in ("number", "leaves_from", "room", "diet"):
            del self.fields[name]


class TravelWishForm(forms.Form):
    arrives_on = day_field(_("I arrive on"))
    arrives_at = forms.TimeField(
        label=_("at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    room_wish = forms.CharField(
        label=_("Room"),
        max_length=200,
        required=False,
        help_text=_("With whom you would share a room, or what you need."),
    )
    diet = forms.CharField(
        label=_("Diet"), max_length=200, required=False, help_text=_("What you cannot eat, or eat only.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["arrives_on"].required = False

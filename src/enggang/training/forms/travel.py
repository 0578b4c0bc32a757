from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import day_field
from enggang.training.forms.money import TripForm
from enggang.training.models import Wave


class TripsForm(TripForm):
    """One row for everybody; what differs by person is changed afterwards."""

    from_elsewhere = forms.BooleanField(
        label=_("Only those whose agency stands elsewhere"), required=False, initial=True
    )

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
        label=_("Room at the hotel"),
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


ROOMS = re.compile(r"(\d{1,6})\s*[-–]\s*(\d{1,6})")
MOST_ROOMS = 500


class NumbersForm(forms.Form):
    pattern = forms.CharField(
        label=_("Number, with # for the running part"), max_length=100,
        help_text=_("For example 094/#/DISPORAPAR/2026."),
    )  # fmt: skip
    first = forms.CharField(
        label=_("First running number"), max_length=9, help_text=_("With its leading zeros: 0101."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class RoomsForm(forms.Form):
    rooms = forms.CharField(
        label=_("Rooms of the hotel"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, or with commas; 201-210 stands for ten. Left empty they are counted."),
    )  # fmt: skip

    def clean_rooms(self) -> list[str]:
        names: list[str] = []
        for part in re.split(r"[\n,;]", self.cleaned_data["rooms"]):
            names += _span(part.strip())
            if len(names) > MOST_ROOMS:
                raise forms.ValidationError(_("These are too many rooms."))
        return names


def _span(text: str) -> list[str]:
    """``201-210`` as its ten rooms; anything else is the name of one."""
    found = ROOMS.fullmatch(text)
    if found is None:
        return [text[:40]] if text else []
    first, last = int(found[1]), int(found[2])
    if last < first or last - first >= MOST_ROOMS:
        raise forms.ValidationError(_("“%(span)s” is no range of rooms."), params={"span": text})
    return [str(number).zfill(len(found[1])) for number in range(first, last + 1)]

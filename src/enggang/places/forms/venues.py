from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import ADMINISTRATOR, Actor
from enggang.places.forms.zones import ZONES
from enggang.places.models import Organisation, Region, Venue
from enggang.places.rules import ORGANISER


class VenueForm(forms.ModelForm):  # type: ignore[type-arg]
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    time_zone = forms.ChoiceField(choices=ZONES, label=_("Time zone"))
    latitude = forms.DecimalField(
        label=_("Latitude"), required=False, decimal_places=6, max_digits=9,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=_("Longitude"), required=False, decimal_places=6, max_digits=9,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip

    class Meta:
        model = Venue
        fields = ("name", "address", "region", "capacity", "latitude", "longitude", "time_zone")
        labels = {"name": _("Name"), "address": _("Address"), "capacity": _("Seats")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = Region.objects.for_choice()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", _("A point on the map needs both latitude and longitude."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NewVenueForm(VenueForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Answers for it"))

    field_order = ("name", "organisation", "address", "region")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.held_by(actor, ADMINISTRATOR, ORGANISER).on().order_by("name_key")

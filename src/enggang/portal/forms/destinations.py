from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of
from enggang.places.models import Region
from enggang.stories.enums import DestinationKind


class FindForm(forms.Form):
    """What a visitor asks of the list; whatever cannot be read in the address is left out."""

    cari = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    wilayah = forms.ModelChoiceField(
        Region.objects.none(), label=_("Regency or city"), required=False, empty_label=_("All")
    )
    jenis = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *DestinationKind.choices])
    gratis = forms.BooleanField(label=_("Free entrance"), required=False)
    akses = forms.BooleanField(label=_("Fit for people with disabilities"), required=False)

    tampilan = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "wilayah", forms.ModelChoiceField).queryset = regions

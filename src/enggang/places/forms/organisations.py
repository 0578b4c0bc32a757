from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS
from enggang.places.forms.zones import ZONES
from enggang.places.models import Organisation, Region


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False)
    time_zone = forms.ChoiceField(choices=ZONES, label=_("Time zone"))

    class Meta:
        model = Organisation
        fields = ("name", "short_name", "kind", "region", "time_zone")
        labels = {"name": _("Name"), "short_name": _("Short name"), "kind": _("Kind")}
        help_texts = {"short_name": _("For lists and badges, such as Disporapar.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = Region.objects.for_choice()

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class EndForm(forms.Form):
    on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}), validators=POSSIBLE_DAYS)

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS
from enggang.places.forms.tree import TreeField
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
    on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), validators=POSSIBLE_DAYS
    )


class SuccessorField(TreeField):
    """Organisations by their public code."""

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Organisation) else value


class SuccessorForm(forms.Form):
    new = SuccessorField(label=_("Successor"), to_field_name="subject__code", empty_label=_("Choose an agency"))
    on = forms.DateField(
        label=_("First day"),
        help_text=_("The old one ends the day before, and its people serve in the successor from this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=POSSIBLE_DAYS,
    )

    def __init__(self, *args: Any, offered: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new: Any = self.fields["new"]
        new.queryset = offered.select_related("subject")

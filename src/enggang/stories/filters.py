from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from enggang.places.models import Region
from enggang.stories.enums import DestinationKind, PageState
from enggang.stories.models import Destination, Story


class DestinationFilter(FilterSet):
    text = CharFilter(label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"}))
    region = ModelChoiceFilter(label=_("Regency or city"), queryset=Region.objects.none(), empty_label=_("All"))
    kind = ChoiceFilter(label=_("Kind"), choices=DestinationKind.choices, empty_label=_("All"))
    state = ChoiceFilter(label=_("State"), choices=PageState.choices, empty_label=_("All"))

    class Meta:
        model = Destination
        fields = ["text", "region", "kind", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = self.queryset.order_by().values("region")
        self.filters["region"].queryset = Region.objects.for_choice().filter(pk__in=used)

    def search(self, rows: Any, _name: str, value: str) -> Any:
        return rows.named(value.replace("\x00", "")[:100])


class StoryFilter(FilterSet):
    text = CharFilter(label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"}))
    state = ChoiceFilter(label=_("State"), choices=PageState.choices, empty_label=_("All"))

    class Meta:
        model = Story
        fields = ["text", "state"]

    def search(self, rows: Any, _name: str, value: str) -> Any:
        return rows.named(value.replace("\x00", "")[:100])

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from enggang.indicators.enums import IndicatorKind, IndicatorState
from enggang.indicators.models import Indicator
from enggang.places.models import Organisation


class IndicatorFilter(FilterSet):
    text = CharFilter(label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"}))
    organisation = ModelChoiceFilter(label=_("Agency"), queryset=Organisation.objects.none(), empty_label=_("All"))
    kind = ChoiceFilter(label=_("Kind"), choices=IndicatorKind.choices, empty_label=_("All"))
    state = ChoiceFilter(label=_("State"), choices=IndicatorState.choices, empty_label=_("All"))

    class Meta:
        model = Indicator
        fields = ["text", "organisation", "kind", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = self.queryset.order_by().values("organisation")
        self.filters["organisation"].queryset = Organisation.objects.filter(pk__in=used)

    def search(self, rows: Any, _name: str, value: str) -> Any:
        return rows.named(value.replace("\x00", "")[:100])

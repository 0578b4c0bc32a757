from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from enggang.innovation.enums import Facet, Stage
from enggang.innovation.models import Innovation
from enggang.places.models import Organisation


class InnovationFilter(FilterSet):
    text = CharFilter(label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"}))
    organisation = ModelChoiceFilter(label=_("Agency"), queryset=Organisation.objects.none(), empty_label=_("All"))
    stage = ChoiceFilter(label=_("Stage"), choices=Stage.choices, empty_label=_("All"))
    facet = ChoiceFilter(label=_("Facet"), choices=Facet.choices, empty_label=_("All"))

    unowned = BooleanFilter(label=_("Only ideas that nobody owns"), method="only_unowned", widget=forms.CheckboxInput)

    class Meta:
        model = Innovation
        fields = ["text", "organisation", "stage", "facet", "unowned"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = self.queryset.order_by().values("organisation")
        self.filters["organisation"].queryset = Organisation.objects.filter(pk__in=used)

    def only_unowned(self, rows: Any, _name: str, value: bool) -> Any:
        return rows.unowned() if value else rows

    def search(self, rows: Any, _name: str, value: str) -> Any:
        return rows.named(value.replace("\x00", "")[:100])

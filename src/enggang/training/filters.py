from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from enggang.seats.enums import ClaimState
from enggang.training.enums import WaveState
from enggang.training.models import Registration, Wave


class WaveFilter(FilterSet):
    text = CharFilter(label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"}))
    state = ChoiceFilter(label=_("State"), choices=WaveState.choices, empty_label=_("All"))

    class Meta:
        model = Wave
        fields = ["text", "state"]

    def search(self, rows: QuerySet[Wave], _name: str, value: str) -> QuerySet[Wave]:
        text = value.replace("\x00", "")[:100]
        return rows.filter(programme__title__icontains=text) | rows.filter(name__icontains=text)


class ParticipantFilter(FilterSet):
    text = CharFilter(label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"}))
    seat = ChoiceFilter(label=_("Seat"), field_name="claim__state", choices=ClaimState.choices, empty_label=_("All"))

    class Meta:
        model = Registration
        fields = ["text", "seat"]

    def search(self, rows: QuerySet[Registration], _name: str, value: str) -> QuerySet[Registration]:
        text = value.replace("\x00", "")[:100]
        return rows.filter(person__name__icontains=text) | rows.filter(agency__name__icontains=text)

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from enggang.places.models import Region
from enggang.stories.enums import DestinationKind, Genre, PageState
from enggang.stories.enums_suggestions import Suggested, SuggestionState
from enggang.stories.models import Destination, Story, Suggestion


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
    genre = ChoiceFilter(label=_("Kind"), choices=Genre.choices, empty_label=_("All"))
    state = ChoiceFilter(label=_("State"), choices=PageState.choices, empty_label=_("All"))

    class Meta:
        model = Story
        fields = ["text", "genre", "state"]

    def search(self, rows: Any, _name: str, value: str) -> Any:
        return rows.named(value.replace("\x00", "")[:100])


NEEDS = [("waiting", _("A decision")), ("calls", _("A call")), ("untold", _("To be told"))]


class SuggestionFilter(FilterSet):
    text = CharFilter(label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"}))
    what = ChoiceFilter(label=_("What is proposed"), choices=Suggested.choices, empty_label=_("All"))
    state = ChoiceFilter(label=_("State"), choices=SuggestionState.choices, empty_label=_("All"))
    perlu = ChoiceFilter(label=_("Needs"), choices=NEEDS, empty_label=_("All"), method="needing")

    class Meta:
        model = Suggestion
        fields = ["text", "what", "state"]

    def search(self, rows: Any, _name: str, value: str) -> Any:
        return rows.named(value.replace("\x00", "")[:100])

    def needing(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            **{
                "waiting": {"state": SuggestionState.CONFIRMED},
                "calls": {"state": SuggestionState.SENT, "email": ""},
                "untold": {"decided_at__isnull": False, "told_at": None},
            }[value]
        )

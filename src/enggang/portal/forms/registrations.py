from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.open_editions import narrowed
from enggang.places.models import Region

LONGEST = 100


class RegistrationsForm(forms.Form):
    """What does not fit narrows nothing: whoever follows an old address still sees the list."""

    cari = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    daerah = forms.ModelChoiceField(
        Region.objects.none(), label=_("Regency or city"), required=False, empty_label=_("All")
    )

    def __init__(self, data: Any, *, rows: EditionQuerySet) -> None:
        super().__init__(data)
        self.rows = rows
        regions = Region.objects.for_choice().filter(pk__in=rows.order_by().values("event__region"))
        field_of(self, "daerah", forms.ModelChoiceField).queryset = regions

    def narrowed(self) -> EditionQuerySet:
        self.full_clean()
        words = self.cleaned_data.get("cari", "").replace("\x00", "")[:LONGEST]
        return narrowed(self.rows, words=words, region=self.cleaned_data.get("daerah"))

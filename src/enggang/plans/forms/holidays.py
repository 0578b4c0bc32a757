from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.places.enums import RegionLevel, Standing
from enggang.places.models import Organisation, Region
from enggang.plans.enums import HolidayKind, ListState
from enggang.plans.models import Holiday, HolidayList
from enggang.plans.queries.workdays import FARTHEST
from enggang.plans.rules import MANAGERS

LONGEST_PASTE = 20_000
REGIONS = Region.objects.filter(level__lte=RegionLevel.REGENCY).order_by("code")


class ListFactsForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    number = forms.CharField(
        label=_("Number of the decree"), max_length=200, required=False,
        help_text=_("For example: SKB 3 Menteri Nomor 933/2025, 1/2025, 3/2025."),
    )  # fmt: skip
    decreed_on = day_field(_("Decreed on"), required=False)
    valid_from = day_field(
        _("Known from"), help_text=_("From this day on deadlines are counted with it. Usually the day of the decree."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Where the list can be read: the decree, or the page that shows it."),
    )
    standing = forms.ChoiceField(label=_("How certain"), choices=Standing.choices, initial=Standing.UNVERIFIED)
    partial = forms.BooleanField(
        label=_("Only some days of the year"), required=False,
        help_text=_("For an added joint leave, a regional holiday or a correction: the list of the year stays beside it."),
    )  # fmt: skip


class EditListForm(ListFactsForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: HolidayList, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class NewListForm(ListFactsForm):
    """The days are pasted, or come with a file; ``rows`` holds them once the form is valid."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2199)
    state = forms.ChoiceField(
        label=_("State"), choices=[(each.value, each.label) for each in (ListState.DECREED, ListState.EXPECTED)]
    )
    region = forms.ModelChoiceField(REGIONS, label=_("Only in the region"), required=False, empty_label=_("Everywhere"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Agency"), help_text=_("Holds for it and all below it.")
    )
    text = forms.CharField(
        label=_("Days"), required=False, max_length=LONGEST_PASTE, widget=text_area(10),
        help_text=_("One line per holiday, as it stands in the decree: “1 Januari (Kamis) Tahun Baru Masehi”, “21-22 Maret Idul Fitri”. Below the heading “Cuti bersama” follow the days of joint leave."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file (.xlsx or .csv)"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("With a column of days and one of names; a third may say: libur nasional, cuti bersama, hari kerja."),
    )  # fmt: skip
    field_order = ("year", "name", "number", "decreed_on", "valid_from", "source", "standing", "state", "partial")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organisation.objects.held_by(actor, *MANAGERS)
        field_of(self, "organisation", forms.ModelChoiceField).queryset = places
        self.initial.setdefault("organisation", places.first())
        self.initial.setdefault("year", clock.today().year + 1)
        self.initial.setdefault("valid_from", clock.today())


class HolidayForm(forms.Form):
    day = day_field(_("Day"))
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=HolidayKind.choices)
    region = forms.ModelChoiceField(REGIONS, label=_("Only in the region"), required=False, empty_label=_("Everywhere"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args: Any, row: Holiday | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def clean_version(self) -> int:
        return self.cleaned_data.get("version") or 0


class CountForm(forms.Form):
    """Asked in the address, so that an answer can be sent on."""

    hari = day_field(_("Working days before"))
    jumlah = forms.IntegerField(label=_("How many working days"), min_value=0, max_value=FARTHEST, initial=14)
    diketahui = day_field(
        _("As known on"), required=False, help_text=_("Empty: with all lists of today. A day: with those that were known then."),
    )  # fmt: skip

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.codes import normalise_code
from enggang.core.forms import field_of
from enggang.events.dates import FIRST_YEAR, LAST_YEAR
from enggang.events.enums import BOOKING_STANDING, MINORS, ConsentState, EventKind, PartnerKind, RedKind, Stage
from enggang.events.models import Booking, Edition, Event, Guest, Partner, Slot
from enggang.events.models.booking import SHORT
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.calendar import Entry
from enggang.events.queries.visitors import when_in_words
from enggang.people.phones import normalise_phone
from enggang.places.models import Region

VIEWS = [("bulan", _("By month")), ("tahun", _("The whole year")), ("tahap", _("By stage"))]
AHEAD, BEHIND = 6, 4  # years that are offered


class NameFilter(FilterSet):
    text = CharFilter(label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search"}))

    def search(self, rows: Any, _name: str, value: str) -> Any:
        return rows.named(value.replace("\x00", "")[:100])


class EventFilter(NameFilter):
    kind = ChoiceFilter(label=_("Kind"), choices=EventKind.choices, empty_label=_("All"))
    region = ModelChoiceFilter(label=_("Regency or city"), queryset=Region.objects.none(), empty_label=_("All"))

    class Meta:
        model = Event
        fields = ["text", "kind", "region"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["region"].queryset = Region.objects.for_choice().filter(
            pk__in=self.queryset.order_by().values("region")
        )


class PartnerFilter(NameFilter):
    kind = ChoiceFilter(label=_("Kind"), choices=PartnerKind.choices, empty_label=_("All"))
    retired = ChoiceFilter(
        label=_("State"), method="stand", choices=[("ya", _("Retired"))], empty_label=_("Those who may be asked")
    )

    class Meta:
        model = Partner
        fields = ["text", "kind", "retired"]

    def filter_queryset(self, queryset: Any) -> Any:
        """Those who may be asked, unless the retired ones are wanted."""
        wants_retired = bool(self.form.cleaned_data.get("retired"))
        return super().filter_queryset(queryset).filter(retired_on__isnull=not wants_retired)

    def stand(self, rows: Any, _name: str, _value: str) -> Any:
        return rows  # ``filter_queryset`` has seen to it


class CalendarForm(forms.Form):
    """What the calendar shows; whatever it cannot read in the address is left out, as if it were not there."""

    tahun = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("Regency or city"), required=False, empty_label=_("All")
    )
    tahap = forms.ChoiceField(label=_("Stage"), choices=[("", _("All")), *Stage.choices], required=False)
    merah = forms.ChoiceField(label=_("Red"), choices=[("", _("All")), ("1", _("Only red"))], required=False)
    tampil = forms.ChoiceField(choices=VIEWS, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, actor: Actor) -> None:
        this = clock.today().year
        first = {"tahun": str(this)} | {key: value for key, value in data.items() if key in self.base_fields}
        super().__init__(first)
        years = range(max(FIRST_YEAR, this - BEHIND), min(LAST_YEAR, this + AHEAD) + 1)
        field_of(self, "tahun", forms.TypedChoiceField).choices = [(year, str(year)) for year in years]
        regions = Edition.objects.visible_to(actor).order_by().values("event__region")
        field_of(self, "region", forms.ModelChoiceField).queryset = Region.objects.for_choice().filter(pk__in=regions)
        self.is_valid()

    @property
    def year(self) -> int:
        return self.cleaned_data.get("tahun") or clock.today().year

    @property
    def view(self) -> str:
        return self.cleaned_data.get("tampil") or "bulan"

    @property
    def red_only(self) -> bool:
        return bool(self.cleaned_data.get("merah"))

    def narrowed(self, rows: EditionQuerySet) -> EditionQuerySet:
        rows = rows.filter(year=self.year)
        if region := self.cleaned_data.get("region"):
            rows = rows.filter(event__region=region)
        stage = self.cleaned_data.get("tahap")
        return rows.filter(stage=stage) if stage else rows


class OverviewForm(CalendarForm):
    """The calendar's choices, and the kind of what is red."""

    merah = forms.ChoiceField(
        label=_("Red"), choices=[("", _("All")), ("1", _("Only red")), *RedKind.choices], required=False
    )

    @property
    def kind(self) -> str:
        found = self.cleaned_data.get("merah", "")
        return found if found in RedKind.values else ""

    def fits(self, entry: Entry) -> bool:
        if self.kind:
            return any(red.kind == self.kind for red in entry.reds)
        return bool(entry.reds) or not self.red_only


class BookingFilter(NameFilter):
    """Words of a name, a number or a code; and which of them."""

    slot = ChoiceFilter(label=_("Time"), method="at", empty_label=_("All"))
    state = ChoiceFilter(
        label=_("State"), method="stand", empty_label=_("All"),
        choices=list(BOOKING_STANDING.items()),
    )  # fmt: skip
    lacks = ChoiceFilter(
        label=_("What is missing"), method="miss", empty_label=_("All"),
        choices=[("persetujuan", _("A guardian's consent")), ("bayar", _("The payment"))],
    )  # fmt: skip

    class Meta:
        model = Booking
        fields = ["text", "slot", "state", "lacks"]

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slots = Slot.objects.with_names().filter(part__edition=edition)
        choices = [(str(slot.pk), f"{slot.part} · {when_in_words(slot)}") for slot in slots]
        self.filters["slot"].extra["choices"] = choices

    def search(self, rows: Any, _name: str, value: str) -> Any:
        text = value.replace("\x00", "")[:100]
        number, code = normalise_phone(text), normalise_code(text)
        if number and rows.filter(phone=number).exists():
            return rows.filter(phone=number)
        found = rows.filter(short=code) if len(code) == SHORT else rows.none()
        return found if found.exists() else rows.named(text)

    def at(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(slot=value)

    def stand(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(claim__state=value)

    def miss(self, rows: Any, _name: str, value: str) -> Any:
        if value == "bayar":
            return rows.standing().filter(slot__part__price__gt=0, paid_at=None)
        minors = Guest.objects.filter(booking=OuterRef("pk"), age__in=MINORS)
        missing = minors.exclude(consent__state=ConsentState.GIVEN, consent__isnull=False)
        return rows.standing().filter(Exists(missing), slot__part__consent=True)

"""What staff say of the parts that visitors register for, of their times, and of a registration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import LocalDateTimeField, day_field, field_of, text_area
from enggang.events.domain.bookings import NAME, Visitor
from enggang.events.enums import SLOT_MOVES, SlotState
from enggang.events.forms.rows import RowForm
from enggang.events.forms.visitors import TEL, PhoneMixin
from enggang.events.models import Booking, Edition, Part, Site, Slot
from enggang.events.models.ticketing import MOST_CAPACITY

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PartForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opens_at = LocalDateTimeField(
        label=_("Registration opens"),
        required=False,
        help_text=_("By the clock of the place. Empty: as soon as it is opened."),
    )
    closes_at = LocalDateTimeField(
        label=_("Registration closes"),
        required=False,
        help_text=_("Empty: when the time is over. At the gate people are still registered."),
    )

    class Meta:
        model = Part
        fields = [
            "title",
            "site",
            "description",
            "price",
            "most",
            "least_age",
            "names",
            "consent",
            "opens_at",
            "closes_at",
        ]
        help_texts = {
            "price": _("0: free of charge. What costs something is paid at the gate."),
            "names": _("Without it only the number of people is asked, which is quicker on a phone."),
            "consent": _(
                "The guardian consents on their own phone or on signed paper; without it minors are not let in."
            ),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        field_of(self, "site", forms.ModelChoiceField).queryset = edition.sites.all()
        zone = Part(edition=edition).zone
        for name in ("opens_at", "closes_at"):
            at = getattr(self.instance, name)
            self.initial[name] = at.astimezone(zone).replace(tzinfo=None) if at else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _now("Registration must close after it opens."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        zone = Part(edition=self.edition).zone
        found = super().facts
        return {**found, **{n: found[n].replace(tzinfo=zone) if found[n] else None for n in ("opens_at", "closes_at")}}


class SlotForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = day_field(_("Day"))
    begins = forms.TimeField(label=_("Begins"), widget=CLOCK)
    ends = forms.TimeField(
        label=_("Ends"), widget=CLOCK, help_text=_("Not after the beginning: it ends on the next day.")
    )
    capacity = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=MOST_CAPACITY)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Place, when it is another one"), required=False)
    room = forms.IntegerField(
        label=_("Most people inside at once"), min_value=1, max_value=MOST_CAPACITY, required=False,
        help_text=_("Only where the place has a bound. The gates then tell when it is full."),
    )  # fmt: skip
    re_entry = forms.BooleanField(label=_("Whoever went out may come in again"), required=False, initial=True)

    def __init__(self, data: Any = None, *, part: Part, slot: Slot | None = None) -> None:
        first: dict[str, Any] = {"day": part.edition.starts_on}
        if slot is not None:
            names = ("version", "day", "begins", "ends", "site")
            first = {**{name: getattr(slot, name) for name in names}, "capacity": slot.pool.size}
            if slot.occasion:
                first |= {"room": slot.occasion.room, "re_entry": slot.occasion.re_entry}
        super().__init__(data, initial=first, auto_id="waktu-%s")
        field_of(self, "site", forms.ModelChoiceField).queryset = part.edition.sites.all()

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SlotStateForm(forms.Form):
    to = forms.ChoiceField(label=_("State"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=_("Visitors read it."))

    def __init__(self, data: Any = None, *, slot: Slot) -> None:
        super().__init__(data, auto_id="langkah-%s")
        allowed = SLOT_MOVES[SlotState(slot.state)]
        choices = [(state.value, state.label) for state in SlotState if state in allowed]
        field_of(self, "to", forms.ChoiceField).choices = choices


class ClosedSiteForm(forms.Form):
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Place"))
    day = day_field(_("Day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Visitors read it."))

    def __init__(self, data: Any = None, *, edition: Edition) -> None:
        super().__init__(data, initial={"day": edition.starts_on}, auto_id="tutup-%s")
        field_of(self, "site", forms.ModelChoiceField).queryset = edition.sites.all()


class BookingForm(PhoneMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=NAME, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs=TEL))
    email = forms.EmailField(label=_("E-mail"), required=False)
    note = forms.CharField(label=_("Note for the gate"), max_length=300, required=False, widget=text_area())

    def __init__(self, data: Any = None, *, booking: Booking) -> None:
        names = ("version", "name", "phone", "email", "note")
        super().__init__(data, initial={name: getattr(booking, name) for name in names})
        self.language = booking.language

    @property
    def visitor(self) -> Visitor:
        data = self.cleaned_data
        return Visitor(name=data["name"], phone=data["phone"], email=data["email"], language=self.language)


class OtherSlotForm(forms.Form):
    slot = forms.ChoiceField(label=_("Another time"))

    def __init__(self, data: Any = None, *, slots: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="pindah-%s")
        field_of(self, "slot", forms.ChoiceField).choices = slots


class SignedConsentForm(forms.Form):
    name = forms.CharField(label=_("Name of the guardian"), max_length=160)
    phone = forms.CharField(label=_("Phone of the guardian"), max_length=40, required=False)
    file = forms.FileField(
        label=_("Signed paper"), help_text=_("PDF, JPEG or PNG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

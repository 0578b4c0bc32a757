"""What visitors type: as little as the part asks for, on a phone, in one page."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enggang.core.asking import Asking
from enggang.core.forms import Unmarked, field_of
from enggang.events.domain.bookings import NAME, GuestSpec, Visitor
from enggang.events.enums import YOUNGEST, AgeGroup
from enggang.events.models import Booking, Guest, Part
from enggang.events.models.ticketing import MOST_PEOPLE, MOST_PRICE
from enggang.people.phones import normalise_phone

LONGEST_KEY = 64
TEL = {"inputmode": "tel", "autocomplete": "tel"}
FEW = 6
BAIT = "situs"  # a field that no person sees


def _ages(part: Part) -> list[AgeGroup]:
    """Those who may come at all."""
    return [age for age in AgeGroup if YOUNGEST[age] >= part.least_age]


class PeopleField(Unmarked, forms.IntegerField):
    """How many of one age; empty is nobody."""


class RelationField(Unmarked, forms.CharField):
    """Told by whoever agrees; whoever says no need not."""


class PhoneMixin:
    cleaned_data: dict[str, Any]

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        if typed and not normalise_phone(typed):
            raise forms.ValidationError(
                _now("This is no telephone number. Type it with its country code, for example 0812… or +60…")
            )
        return typed


class VisitorForm(PhoneMixin, Asking, forms.Form):
    """``key`` makes a form that is sent twice one registration; ``situs`` is filled in by machines alone."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_KEY, required=False)
    name = forms.CharField(
        label=_("Your name"), max_length=NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Telephone number (WhatsApp)"), max_length=40, widget=forms.TextInput(attrs=TEL),
        help_text=_("With it and the code of your ticket you find the ticket again."),
    )  # fmt: skip
    people = forms.IntegerField(label=_("How many people come?"), min_value=1, initial=1)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Only if you want the ticket by e-mail as well."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    situs = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, data: Any = None, *, part: Part, **kwargs: Any) -> None:
        super().__init__(data, initial={"key": secrets.token_urlsafe(24), **kwargs.pop("initial", {})}, **kwargs)
        self.part = part
        if part.names:
            del self.fields["people"]
        elif part.asks_ages:
            del self.fields["people"]
            self._ask_ages(part)
        else:
            people = field_of(self, "people", forms.IntegerField)
            people.widget.attrs["max"] = people.max_value = part.most
            people.help_text = self._at_most()
        self.ask(part.questions.all())
        self.order_fields(["key", "name", "phone", "people", *self.age_names, *self.question_names, "email"])

    @property
    def age_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("age-")]

    @property
    def question_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("question-")]

    def _ask_ages(self, part: Part) -> None:
        for age in _ages(part):
            self.fields[f"age-{age}"] = PeopleField(
                label=age.label, min_value=0, max_value=part.most, required=False, initial=int(age == AgeGroup.ADULT)
            )

    def _at_most(self) -> str:
        text = ngettext("At most %(most)d person.", "At most %(most)d people.", self.part.most)
        return text % {"most": self.part.most}

    @property
    def is_bait_taken(self) -> bool:
        return bool(self.data.get(BAIT))

    @property
    def shown_fields(self) -> Sequence[Any]:
        return [field for field in self.visible_fields() if field.name != BAIT]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.age_names and not self.errors and not any(data.get(name) for name in self.age_names):
            self.add_error(self.age_names[0], _now("Say how many people come, at least one."))
        return data

    def visitor(self, guests: Sequence[GuestSpec] = ()) -> Visitor:
        data = self.cleaned_data
        counted = [
            GuestSpec(age=name.removeprefix("age-")) for name in self.age_names for _each in range(data.get(name) or 0)
        ]
        return Visitor(
            name=data["name"], phone=data["phone"], email=data["email"], people=data.get("people") or 1,
            guests=guests or counted, answers=self.answers(), language=get_language() or "id",
        )  # fmt: skip


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=NAME, required=False)
    age = forms.ChoiceField(label=_("Age"), choices=AgeGroup.choices, initial=AgeGroup.ADULT, required=False)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "age", forms.ChoiceField).choices = [(age.value, age.label) for age in _ages(part)]
        if not part.asks_ages:
            del self.fields["age"]


GuestFormSet = formset_factory(GuestForm, extra=4, max_num=MOST_PEOPLE, validate_max=True)


def guest_specs(formset: BaseFormSet[GuestForm]) -> list[GuestSpec]:
    """The rows that name somebody; an empty one is nobody."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("name", "").strip()]
    return [GuestSpec(row["name"], row.get("age") or AgeGroup.ADULT) for row in rows]


class FindForm(PhoneMixin, forms.Form):
    phone = forms.CharField(label=_("Telephone number"), max_length=40, widget=forms.TextInput(attrs=TEL))
    code = forms.CharField(
        label=_("Code of the ticket"), max_length=20, help_text=_("Eight letters and digits, for example 7K2M-9QXA."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class FewerForm(forms.Form):
    """How many still come; where guests are on record, which of them."""

    quantity = forms.IntegerField(label=_("How many still come?"), min_value=1)
    staying = forms.MultipleChoiceField(
        label=_("Who still comes?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Any = None, *, booking: Booking, guests: Sequence[Guest], auto_id: str = "id_%s") -> None:
        super().__init__(data, initial={"quantity": booking.quantity - 1}, auto_id=auto_id)
        field_of(self, "quantity", forms.IntegerField).widget.attrs["max"] = booking.quantity - 1
        if guests:
            del self.fields["quantity"]
            choices = [(guest.pk, str(guest)) for guest in guests]
            field_of(self, "staying", forms.MultipleChoiceField).choices = choices
            self.initial["staying"] = [guest.pk for guest in guests]
        else:
            del self.fields["staying"]

    @property
    def wanted(self) -> tuple[int, list[int]]:
        staying = [int(pk) for pk in self.cleaned_data.get("staying", [])]
        return self.cleaned_data.get("quantity") or len(staying), staying


class GuardianForm(PhoneMixin, forms.Form):
    name = forms.CharField(label=_("Name of the guardian"), max_length=160)
    phone = forms.CharField(
        label=_("Telephone number of the guardian"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("Another number than yours: the guardian answers on their own phone."),
    )  # fmt: skip


RELATION = _("Mother, father, guardian; or teacher with the parents' letter.")


class PresentForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    relation = forms.CharField(label=_("What are you to the children?"), max_length=60, help_text=RELATION)


class ConsentForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    relation = RelationField(
        label=_("What are you to the children?"), max_length=60, required=False, help_text=RELATION
    )


class WalkUpForm(forms.Form):
    """Ten seconds: how many, and a name if they like."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_KEY, required=False)
    slot = forms.ChoiceField(label=_("Time"))
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    name = forms.CharField(label=_("Name"), max_length=NAME, required=False)

    def __init__(self, *args: Any, slots: Sequence[tuple[int, str]], most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", secrets.token_urlsafe(24))
        field = field_of(self, "slot", forms.ChoiceField)
        if 1 < len(slots) <= FEW:  # a closed list on a phone would cut off what tells two times apart
            field.widget = forms.RadioSelect()
        field.choices = slots
        field_of(self, "people", forms.IntegerField).widget.attrs |= {"max": most, "inputmode": "numeric"}


class PaidForm(forms.Form):
    amount = forms.IntegerField(
        label=_("Amount paid (Rp)"), min_value=1, max_value=MOST_PRICE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    receipt = forms.CharField(label=_("Number of the receipt"), max_length=80, required=False)

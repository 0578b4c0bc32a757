"""Small help for forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

F = TypeVar("F", bound=forms.Field)

# A day beyond these is a slip of the hand, and at the ends of the calendar reckoning with days and zones breaks off.
POSSIBLE_DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31))]


# «1.500» as people here write it, «1,500» as others do; and the «.0» and «.00» behind a whole number.
GROUPING = re.compile(r"(?<=\d)[.,](?=\d{3}(?:[.,]\d{3}){0,5}\s*$)|\.0{0,2}\s*$")


def read_thousands() -> None:
    """Every box for a whole number reads «25.000» as twenty-five thousand; Django by itself drops the noughts and reads 25."""
    forms.IntegerField.re_decimal = GROUPING


class ManyBoxes(forms.CheckboxSelectMultiple):
    """A choice of many, with a button above it that ticks them all."""

    many = True


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=POSSIBLE_DAYS, **kwargs)


def text_area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def field_of(form: forms.BaseForm, name: str, kind: type[F]) -> F:
    """A form's field as the kind it was declared with, so that its own attributes can be set."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}")
    return field


class Unmarked(forms.Field):
    """May stay empty without being called optional: empty means none, or one of two answers needs it."""

    unmarked = True


class LocalDateTimeField(forms.DateTimeField):
    """A wall-clock time as typed; the form that has it knows the zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value

    def to_python(self, value: Any) -> datetime | None:
        parsed = super().to_python(value)
        if parsed:
            for check in POSSIBLE_DAYS:
                check(parsed.date())
        return parsed.replace(tzinfo=None) if parsed else None


class TextAsked(NamedTuple):
    """One text to be written in another language. ``rows`` of its box; 1 is a single line."""

    name: str
    label: Any
    original: str
    longest: int
    rows: int = 1


class WordingForm(forms.Form):
    """Each text of a page in one other language, with the Indonesian one beside it."""

    checked = forms.BooleanField(
        label=_("Somebody who speaks the language has checked these texts"), required=False,
        help_text=_("Without it they stay a draft, and visitors read Indonesian."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, asked: Sequence[TextAsked], known: Mapping[str, str], checked: bool
    ) -> None:
        super().__init__(data, initial={**known, "checked": checked})
        self.asked = [each for each in asked if each.original or known.get(each.name)]
        for each in self.asked:
            widget = text_area(each.rows) if each.rows > 1 else forms.TextInput()
            self.fields[each.name] = forms.CharField(
                label=capfirst(str(each.label)), required=False, max_length=each.longest, help_text=each.original,
                widget=widget,
            )  # fmt: skip
        self.order_fields([*(each.name for each in self.asked), "checked"])

    @property
    def texts(self) -> dict[str, str]:
        return {each.name: self.cleaned_data[each.name] for each in self.asked}

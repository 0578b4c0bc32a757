from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enggang.attendance.enums import MEALS
from enggang.training.models import Wave

LONGEST = 31  # days whose meals are planned at once


class MealsForm(forms.Form):
    """The same meals for a run of days; a single day is a run of one."""

    first = forms.ChoiceField(label=_("From"))
    last = forms.ChoiceField(label=_("Until"))
    meals = forms.MultipleChoiceField(
        label=_("Meals"), choices=[(kind.value, kind.label) for kind in MEALS], required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not ticked is taken back for these days."),
    )  # fmt: skip

    def __init__(self, *args: Any, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        for name, initial in (("first", days[:1]), ("last", days[-1:])):
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [(day.isoformat(), _day(day)) for day in days]
            choice.initial = initial[0].isoformat() if initial else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first", "") > data.get("last", "9"):
            self.add_error("last", _("The last day lies before the first."))
        return data

    def chosen(self) -> list[date]:
        return [
            day for day in self.days if self.cleaned_data["first"] <= day.isoformat() <= self.cleaned_data["last"]
        ]  # fmt: skip


def _day(day: date) -> str:
    return date_format(day, "l, j F Y")


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("Scan or photo of the signed list"), help_text=_("PDF, JPEG or PNG, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip
    part = forms.ChoiceField(label=_("List of"), required=False)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if names := [row.name for row in wave.classes.all()]:
            part = self.fields["part"]
            assert isinstance(part, forms.ChoiceField)
            part.choices = [("", _("Everyone")), *((name, name) for name in names)]
        else:
            del self.fields["part"]

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of
from enggang.events.enums import EventKind
from enggang.portal.queries.agenda import month_of, regions_used

AHEAD = 14  # months that one can choose
WHEN = [("", _("Coming")), ("kini", _("Now")), ("pekan", _("In the next seven days")), ("lalu", _("Held before"))]


class CalendarForm(forms.Form):
    """What a visitor asks of the calendar; whatever cannot be read in the address is left out."""

    cari = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    kapan = forms.ChoiceField(label=_("When"), required=False)
    daerah = forms.ChoiceField(label=_("Regency or city"), required=False)
    jenis = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *EventKind.choices])
    gratis = forms.BooleanField(label=_("Free of charge"), required=False)
    akses = forms.BooleanField(label=_("Fit for people with disabilities"), required=False)
    tampilan = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "daerah", forms.ChoiceField).choices = [("", _("All")), *regions_used()]
        asked = self.data.get("kapan", "")
        field_of(self, "kapan", forms.ChoiceField).choices = [*WHEN, *month_choices(today, asked)]
        self.full_clean()

    @property
    def asked(self) -> dict[str, Any]:
        return self.cleaned_data


def month_choices(today: date, asked: str = "") -> list[tuple[str, str]]:
    """The coming months, and that one beyond them which the address names."""
    months = [_month_after(today, count) for count in range(AHEAD)]
    other = month_of(asked)
    if other is not None and other not in months:
        months.append(other)
    return [(f"{first:%Y-%m}", capfirst(date_format(first, "YEAR_MONTH_FORMAT"))) for first in sorted(months)]


def _month_after(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import day_field, field_of
from enggang.plans.domain.rundown import WALL_HOURS
from enggang.plans.models import Member, Plan, RundownDay, RundownItem
from enggang.plans.models.rundown import DAY, HOUR, LATEST, clock_text

_TIME = re.compile(r"\s*(\d{1,2})\s*[.:]\s*(\d{2})\s*")


class ClockField(forms.CharField):
    """A time as people write it, 19.30 or 19:30; answers minutes since midnight. After midnight: 25.30 or 01.30 (+1)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 12})
        super().__init__(**{"widget": widget, "max_length": 12, "empty_value": None, **kwargs})
        self.validators = []

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "")
        if not text:
            return None
        next_day = text.rstrip().endswith("(+1)")
        found = _TIME.fullmatch(text.replace("(+1)", ""))
        minutes = (
            int(found[1]) * HOUR + int(found[2]) + (DAY if next_day else 0) if found and int(found[2]) < HOUR else -1
        )
        if not 0 <= minutes <= LATEST:
            raise ValidationError(_("Write the time like 19.30; after midnight like 00.30 (+1)."), code="time")
        return minutes

    def prepare_value(self, value: Any) -> Any:
        return clock_text(value) if isinstance(value, int) else value


class DayForm(forms.Form):
    day = day_field(_("Date"))
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("For example: opening night.")
    )
    fixed = forms.BooleanField(
        label=_("Stays on this date"), required=False, help_text=_("Else it is proposed to move when the day of the plan moves.")
    )  # fmt: skip


class ItemForm(forms.Form):
    begins = ClockField(label=_("Begins"), help_text=_("For example 19.30; after midnight 00.30 (+1)."))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=DAY, initial=30)
    title = forms.CharField(label=_("What happens"), max_length=200)
    track = forms.CharField(
        label=_("Track"),
        max_length=60,
        required=False,
        help_text=_("What runs beside another: main stage, parade, river."),
    )
    member = forms.ModelChoiceField(Member.objects.none(), label=_("In charge"), required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    cue = forms.CharField(
        label=_("Cue"), max_length=200, required=False, help_text=_("What it begins with: a gong, a word of the host.")
    )
    equipment = forms.CharField(label=_("Equipment"), max_length=300, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, plan: Plan, item: RundownItem | None = None, **kwargs: Any) -> None:
        if item is not None:
            kwargs["initial"] = {name: getattr(item, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        field_of(self, "member", forms.ModelChoiceField).queryset = plan.members.select_related("person")


class EditItemForm(ItemForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class WallForm(forms.Form):
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=WALL_HOURS, initial=24)


def after_last(day: RundownDay, track: str = "") -> dict[str, Any]:
    """A new item begins where the last one of the track ends."""
    last = max((row for row in day.items.all() if row.track == track), key=lambda row: row.ends, default=None)
    return {"begins": min(last.ends, LATEST) if last else 8 * HOUR, "track": track, "place": last.place if last else ""}

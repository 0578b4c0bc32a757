from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.attendance.domain.counts import Written
from enggang.attendance.enums import CountMethod
from enggang.attendance.models import Count, CountPlan, CountPoint
from enggang.attendance.models.tally import MOST_PEOPLE
from enggang.attendance.queries.hours import hours_of, intervals_of
from enggang.core.forms import LocalDateTimeField, day_field, field_of
from enggang.events.forms.rows import RowForm
from enggang.events.models import Edition

HOURS = [
    (4, _("4 hours: half a day")),
    (12, _("12 hours: one day")),
    (24, _("24 hours")),
    (72, _("72 hours: a trip without signal")),
]
METHODS = [
    (CountMethod.EVERY, _("Everybody who passes: needs a counter there all the time")),
    (CountMethod.SAMPLED, _("A sample: some minutes at a time, at equal distances")),
    (CountMethod.DENSITY, _("A crowd: people in marked squares, at stated moments")),
]
ROWS = 12


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _people(label: Any, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_PEOPLE, required=required)


class PointForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))

    class Meta:
        model = CountPoint
        fields = [
            "name", "place", "stream", "entrance", "method", "first_day", "last_day", "begins", "ends", "length", "every",
            "area_m2", "square_m2", "latitude", "longitude",
        ]  # fmt: skip
        widgets = {"begins": _time(), "ends": _time()}
        help_texts = {
            "name": _("Such as “North entrance”."),
            "stream": _("Points with the same name here belong together. Only entrances of one cordon are added up."),
            "entrance": _("Leave it empty for a street or a stage inside: the same people are seen there again."),
            "ends": _("An end before the beginning is that of the next day."),
            "length": _("Of a sample, such as 5."),
            "every": _("Of a sample or a crowd, such as 30. When the first interval begins is drawn by lot."),
            "area_m2": _("Of a crowd."),
            "square_m2": _("Of a crowd, such as 16 for four by four metres marked on the ground."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "method", forms.ChoiceField).choices = METHODS
        if not self.instance.pk:
            self.initial.update(first_day=edition.starts_on, last_day=edition.ends_on)
            site = edition.sites.first()
            self.initial["stream"] = site.name[:80] if site else ""


class PhoneForm(forms.Form):
    name = forms.CharField(
        label=_("Who counts"), max_length=80, help_text=_("Stays here: the phone is told nobody's name.")
    )
    hours = forms.TypedChoiceField(label=_("Link lives for"), coerce=int, choices=HOURS, initial=12)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CloseForm(forms.Form):
    note = forms.CharField(label=_("What is to be known about it"), max_length=500, required=False)


class MethodForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    main = forms.ChoiceField(label=_("The cordon that gives the number"), required=False)

    class Meta:
        model = CountPlan
        fields = [
            "main", "times", "times_sd", "times_n", "times_source", "most_per_minute", "differs_percent",
            "silent_minutes", "gap_minutes",
        ]  # fmt: skip
        help_texts = {
            "times": _("How often one visitor comes in through an entrance, from a survey on the spot; 1 where nobody can come back. Entries divided by it are visitors."),
            "times_sd": _("From the same survey; without it the range leaves its error out."),
            "most_per_minute": _("A count above it is left out until somebody has looked at it. About 80 people a minute pass through one metre of a gate."),
        }  # fmt: skip

    def __init__(self, *args: Any, streams: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(dict.fromkeys([*streams, *filter(None, [self.instance.main])]))
        field_of(self, "main", forms.ChoiceField).choices = [("", _("The largest")), *((name, name) for name in names)]


class CorrectionForm(forms.Form):
    """A count with other numbers or times, in the zone of its point."""

    from_at = LocalDateTimeField(label=_("From"))
    to_at = LocalDateTimeField(label=_("Until"))
    entered = _people(_("In"), required=True)
    left = _people(_("Out"), required=True)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, data: Any = None, *, count: Count) -> None:
        self.zone, self.count = ZoneInfo(count.point.time_zone), count
        local = {name: getattr(count, name).astimezone(self.zone).replace(tzinfo=None) for name in ("from_at", "to_at")}
        super().__init__(data, initial={**local, "entered": count.entered, "left": count.left})

    @property
    def facts(self) -> dict[str, Any]:
        """Only what was typed anew: the seconds of a phone's times are not shown, and not lost."""
        names = [name for name in ("entered", "left") if name in self.changed_data]
        times = {name: self.cleaned_data[name].replace(tzinfo=self.zone) for name in self._times()}
        return {name: self.cleaned_data[name] for name in names} | times

    def _times(self) -> list[str]:
        shown = {name: self.initial[name].replace(second=0, microsecond=0) for name in ("from_at", "to_at")}
        return [name for name, value in shown.items() if self.cleaned_data[name] != value]


# -- a tally sheet ---------------------------------------------------------------------------------------------


class SheetForm(forms.Form):
    day = forms.TypedChoiceField(label=_("Day"))
    person = forms.CharField(label=_("Who counted"), max_length=80)

    def __init__(self, *args: Any, point: CountPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [hours.begins.date() for hours in hours_of(point)]
        field = field_of(self, "day", forms.TypedChoiceField)
        field.choices = [(str(day), f"{day:%d/%m/%Y}") for day in days]
        field.coerce = lambda text: next(day for day in days if str(day) == text)


class LineForm(forms.Form):
    begins = forms.TimeField(label=_("From"), widget=_time(), required=False)
    ends = forms.TimeField(label=_("Until"), widget=_time(), required=False)
    entered = _people(_("In"))
    left = _people(_("Out"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("entered") is None and found.get("left") is None:
            return found
        if found.get("begins") is None and "begins" not in self.errors:
            self.add_error("begins", _("Say from when."))
        if "ends" in self.fields and found.get("ends") is None and "ends" not in self.errors:
            self.add_error("ends", _("Say until when."))
        return found


class SquareForm(LineForm):
    """A square of a crowd has a moment and no way out."""

    ends = None  # type: ignore[assignment]
    left = None  # type: ignore[assignment]


LineFormSet = forms.formset_factory(LineForm, extra=4)
SquareFormSet = forms.formset_factory(SquareForm, extra=4)


def lines_of(point: CountPoint) -> list[dict[str, time]]:
    """What a sheet of the point has on its first day: its intervals or moments, or its hours one by one."""
    days = hours_of(point)
    if point.is_sampled or point.is_density:
        spans = [each.span for each in intervals_of(point) if each.span.begins < days[0].ends]
        return [_times_of(span.begins, span.ends) for span in spans]
    found, at = [], days[0].begins
    while at < days[0].ends:
        end = min(days[0].ends, at + timedelta(hours=1))
        found.append(_times_of(at, end))
        at = end
    return found


def _times_of(begins: datetime, ends: datetime) -> dict[str, time]:
    return {"begins": begins.time().replace(tzinfo=None), "ends": ends.time().replace(tzinfo=None)}


def written_lines(point: CountPoint, sheet: SheetForm, rows: Sequence[dict[str, Any]]) -> list[Written]:
    """The lines that say how many; a time before the opening is that of the next day where the point counts past midnight."""
    day, zone = sheet.cleaned_data["day"], ZoneInfo(point.time_zone)
    found = []
    for row in rows:
        if row.get("entered") is None and row.get("left") is None:
            continue
        late = point.ends <= point.begins and row["begins"] < point.begins
        begins = datetime.combine(day + timedelta(days=late), row["begins"], zone)
        ends = begins
        if row.get("ends") is not None:
            ends = datetime.combine(begins.date(), row["ends"], zone)
            ends += timedelta(days=1) if ends <= begins and point.ends <= point.begins else timedelta(0)
        found.append(Written(begins, ends, row.get("entered") or 0, row.get("left") or 0))
    return found

"""What visitors answer on a phone within a minute, and what staff enter for the economic impact."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enggang.budgets.forms.money import RupiahField
from enggang.core.forms import Unmarked, field_of, text_area
from enggang.events.enums_impact import AS_FACTOR, IN_RUPIAH, Heard, InputKind, Reason, Stay
from enggang.events.forms.rows import RowForm
from enggang.events.models import Edition, ImpactBasis, ImpactInput, SurveyPost, VisitorSurvey
from enggang.events.models.visitor_survey import MOST_DAYS, MOST_GROUP, MOST_NIGHTS, MOST_PRICE, REMARK
from enggang.events.queries.survey import origin_choices

STARS = [(5, _("5 very satisfied")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 not at all"))]
RUPIAH = {"data-rupiah": "", "inputmode": "numeric", "autocomplete": "off"}


def _whole(label: Any, most: int, *, least: int = 1, **kwargs: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **kwargs)


def _money(label: Any, **kwargs: Any) -> RupiahField:
    return RupiahField(label=label, widget=forms.TextInput(attrs=RUPIAH), **kwargs)


class NightsField(Unmarked, forms.IntegerField):
    """Asked of whoever stays overnight, and of nobody else."""


class BedField(Unmarked, RupiahField):
    """What their bed costs; 0 is an answer."""


class SurveyForm(forms.Form):
    """``key`` makes a form that is sent twice one answer; ``situs`` is filled in by machines alone."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    situs = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    origin = forms.ChoiceField(label=_("Where do you live?"))
    reason = forms.ChoiceField(
        label=_("Are you here because of this event?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    days = _whole(_("On how many days do you come to the event, all in all?"), MOST_DAYS)
    stay = forms.ChoiceField(label=_("Do you stay overnight?"), choices=Stay.choices, widget=forms.RadioSelect)
    nights = NightsField(
        label=_("How many nights?"), min_value=1, max_value=MOST_NIGHTS, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    bed_price = BedField(
        label=_("What does the bed cost, per person and night (Rp)?"), required=False, widget=forms.TextInput(attrs=RUPIAH),
        help_text=_("0 if you sleep at your family's or friends'."),
    )  # fmt: skip
    daily_spend = _money(
        _("What else do you spend here, for yourself, on one day (Rp)?"),
        help_text=_("Food, drinks, shopping, tickets, transport in town. An estimate is good enough."),
    )
    group_size = _whole(_("With how many people are you here, you included?"), MOST_GROUP, required=False)
    heard = forms.ChoiceField(
        label=_("How did you hear of it?"), choices=[("", _("Choose")), *Heard.choices], required=False
    )
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied are you?"), choices=STARS, coerce=int, empty_value=None, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Anything to tell the committee?"), max_length=REMARK, required=False, widget=text_area(),
        help_text=_("Please no names or numbers of people."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, edition: Edition, **kwargs: Any) -> None:
        super().__init__(data, initial={"key": secrets.token_urlsafe(24)}, **kwargs)
        choices: list[Any] = [("", _now("Choose")), *origin_choices(edition)]
        field_of(self, "origin", forms.ChoiceField).choices = choices
        if edition.days:
            days = field_of(self, "days", forms.IntegerField)
            days.widget.attrs["max"] = edition.days
            days.validators.append(MaxValueValidator(edition.days, _now("The event has no more days than that.")))
        if edition.days == 1:
            self.initial["days"] = 1

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or secrets.token_urlsafe(24)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("stay") == Stay.NIGHT:
            if data.get("nights") is None and "nights" not in self.errors:
                self.add_error("nights", _now("Say how many nights."))
            if data.get("bed_price") is None and "bed_price" not in self.errors:
                self.add_error("bed_price", _now("Type the price, or 0 if it costs nothing."))
        for name in ("bed_price", "daily_spend"):
            if (data.get(name) or 0) > MOST_PRICE:
                self.add_error(name, _now("That is more than one person spends: at most Rp 100.000.000."))
        return data

    @property
    def shown_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name != "situs"]

    @property
    def is_bait_taken(self) -> bool:
        return bool(self.data.get("situs"))

    @property
    def facts(self) -> dict[str, Any]:
        found = {name: value for name, value in self.cleaned_data.items() if name not in {"key", "situs"}}
        night = found["stay"] == Stay.NIGHT
        return {**found, "nights": found["nights"] if night else 0, "bed_price": found["bed_price"] if night else 0}


class SurveySettingsForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = VisitorSurvey
        fields = ["intro", "days_after"]
        help_texts = {"intro": _("Empty: the ready words.")}


class PostForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SurveyPost
        fields = ["day", "place", "every", "wanted"]
        widgets = {"day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "every": _(
                "10: every tenth visitor who passes is asked, whoever it is. It keeps interviewers from choosing."
            ),
            "wanted": _("For a range that says something, some hundred over all days and places."),
        }


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class BasisForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Why these assumptions: a decision, a document, a person.")
    )

    class Meta:
        model = ImpactBasis
        fields = ["area", "base", "meaning", "visitors", "low", "high", "weighting", "source"]
        help_texts = {
            "area": _("Residents of the area do not count: what they spend at the event they would have spent there anyway."),
            "base": _("The number of the counting is its last closed version, else as it stands."),
            "meaning": _("The counting divides entries by how often one visitor comes in over all days, so its number is persons. Attendances are divided by the mean number of days from the survey."),
            "weighting": _("Whoever comes on several days is met more often. Weights undo that where people are asked at the event; after it, everybody is reached alike."),
        }  # fmt: skip


class InputForm(RowForm):
    """``kind`` is chosen once; a figure of another kind is another row."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Document with its date, or whoever says so.")
    )

    class Meta:
        model = ImpactInput
        fields = ["label", "amount", "factor", "year", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = InputKind(self.instance.kind)
        if kind in AS_FACTOR:
            del self.fields["amount"]
            self.fields["factor"].required = True
        else:
            del self.fields["factor"]
            self.fields["amount"].required = True
        if kind in IN_RUPIAH:
            self.fields["amount"] = _money(_("Amount (Rp)"))
        if kind != InputKind.MULTIPLIER:
            del self.fields["year"]
        else:
            self.fields["year"].required = True
        self.order_fields(["label", "amount", "factor", "year", "source"])


class CloseImpactForm(forms.Form):
    note = forms.CharField(label=_("What is to be known about it"), max_length=500, required=False, widget=text_area())

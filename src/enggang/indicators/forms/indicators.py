from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.indicators.enums import Sex
from enggang.indicators.models import Indicator
from enggang.indicators.models.indicator import indicator_choices
from enggang.indicators.numbers import read, shown
from enggang.indicators.periods import periods_back
from enggang.indicators.rules import DEFINES
from enggang.people.forms.finding import PersonField
from enggang.places.enums import RegionLevel
from enggang.places.forms.tree import offer_in_tree
from enggang.places.models import Organisation, Region

PERIODS = 36  # to choose from, the latest first


class NumberField(forms.CharField):
    """Typed as people write numbers: ``8.990`` or ``52,03``. Answers a Decimal, or None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "empty_value": None, **kwargs})
        self.validators = []  # those of text; ``to_python`` has weighed the number

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text is None:
            return None
        number = read(text)
        if number is None:
            raise ValidationError(_("Type a number, for example 8.990 or 52,03."), code="number")
        return number

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return shown(value, places)


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    automatic = forms.ChoiceField(
        label=_("Counted by the system"), required=False,
        help_text=_("Then nobody types values: they are counted every night, and the method stands beside them."),
    )  # fmt: skip
    factor = NumberField(label=_("Times (factor)"), help_text=_("100 for a percentage, 1 where nothing is multiplied."))

    owner = PersonField(label=_("Who answers for it"), required=False)

    class Meta:
        model = Indicator
        fields = [
            "organisation", "name", "kind", "serves", "owner", "definition", "reason", "numerator", "denominator", "factor", "unit",
            "decimals", "polarity", "cumulation", "frequency", "due_days", "by_region", "by_sex", "source", "method", "automatic",
            "ministry_code", "is_public",
        ]  # fmt: skip
        labels = {"organisation": _("Agency")}
        widgets = {"definition": text_area(3), "reason": text_area(2), "method": text_area(3)}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        organisation = field_of(self, "organisation", forms.ModelChoiceField)
        theirs = Organisation.objects.on().held_by(actor, *DEFINES)
        offer_in_tree(organisation, theirs)
        if row.pk:
            organisation.disabled = True
            self.fields["version"].initial = row.version
        elif not self.is_bound and theirs.count() == 1:
            self.initial["organisation"] = theirs.get()
        serves = field_of(self, "serves", forms.ModelChoiceField)
        serves.queryset = indicator_choices(actor).exclude(pk=row.pk)
        owner = field_of(self, "owner", PersonField)
        owner.actor, owner.known = actor, row.owner
        self.initial["owner"] = row.owner.name if row.owner else ""
        sources = registries.indicator_sources.items()
        field_of(self, "automatic", forms.ChoiceField).choices = [
            ("", _("No: people enter them")), *((name, f"{each.label} ({each.unit})") for name, each in sources),
        ]  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """The act checks the whole row and says what is wrong; the form's instance is only what was typed."""


class TargetForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2199)
    quarter = forms.TypedChoiceField(
        label=_("By the end of"), coerce=int,
        choices=[(0, _("the year")), *((each, _("quarter %d") % each) for each in range(1, 5))],
    )  # fmt: skip
    value = NumberField(label=_("Target"))
    upper = NumberField(label=_("Upper end of the range"), required=False)
    source = forms.CharField(
        label=_("Where it is laid down"), max_length=300, required=False,
        help_text=_("For example: Perjanjian Kinerja 2026, page 4."),
    )  # fmt: skip

    def __init__(self, *args: Any, has_range: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_range:
            del self.fields["upper"]


class ValueForm(forms.Form):
    """A value for one period. Empty means that it is not known, and the remark then says why."""

    period = forms.ChoiceField(label=_("Period"))
    region = forms.ModelChoiceField(
        label=_("Regency or city"), queryset=Region.objects.none(), required=False, empty_label=_("the whole area")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("everybody")), *Sex.choices], required=False)
    numerator = NumberField(required=False)
    denominator = NumberField(required=False)
    value = NumberField(label=_("Value"), required=False)
    low = NumberField(label=_("Lower end"), required=False)
    high = NumberField(
        label=_("Upper end"), required=False, help_text=_("The range of an estimate; both ends, or neither.")
    )
    as_of = day_field(_("As it stood on"))
    source = forms.CharField(label=_("Source"), max_length=300)
    method = forms.CharField(label=_("Method, where it is not the usual one"), max_length=300, required=False)
    note = forms.CharField(
        label=_("Remark"), max_length=300, required=False, help_text=_("Needed when the value is not known: why.")
    )
    paper = forms.FileField(label=_("Evidence (PDF or photo)"), required=False, allow_empty_file=True)

    def __init__(self, *args: Any, indicator: Indicator, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._periods = {
            period.start.isoformat(): period
            for period, _number in zip(periods_back(today, indicator.frequency), range(PERIODS), strict=False)
        }
        field_of(self, "period", forms.ChoiceField).choices = [(key, each.label) for key, each in self._periods.items()]
        self._drop(indicator)
        self.fields["value"].label = f"{_('Value')} ({indicator.unit})"

    def _drop(self, indicator: Indicator) -> None:
        if indicator.denominator:
            del self.fields["value"]
            self.fields["numerator"].label = indicator.numerator or _("Numerator")
            self.fields["denominator"].label = indicator.denominator
        else:
            del self.fields["numerator"], self.fields["denominator"]
        if indicator.by_region:
            regions = Region.objects.for_choice().filter(level=RegionLevel.REGENCY).order_by("code")
            field_of(self, "region", forms.ModelChoiceField).queryset = regions
        else:
            del self.fields["region"]
        if not indicator.by_sex:
            del self.fields["sex"]

    def clean_paper(self) -> tuple[bytes, str] | None:
        paper = self.cleaned_data["paper"]
        return (paper.read(), paper.name) if paper else None

    @property
    def facts(self) -> dict[str, Any]:
        """As ``Value`` takes them."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "period"}
        return {"value": None, **facts, "period": self._periods[self.cleaned_data["period"]]}


class BreakForm(forms.Form):
    on = day_field(_("From"))
    reason = forms.CharField(
        label=_("Why values are no longer comparable with those before"), max_length=300,
        help_text=_("For example: BPS counts trips by mobile phones from here on."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("What is to be done"), max_length=300, widget=text_area(2))


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Table (.xlsx or CSV)"), allow_empty_file=True,
        help_text=_("As BPS offers it: regencies or months down the side, years or months across."),
    )  # fmt: skip


class TakeForm(forms.Form):
    source = forms.CharField(label=_("Source"), max_length=300)
    as_of = day_field(_("As it stood on"))

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.core.models import Subject
from enggang.impact.enums import Strength
from enggang.indicators.models import Indicator
from enggang.people.forms.finding import PersonField
from enggang.places.models import Organisation
from enggang.places.models.organisation import below


class PromiseForm(forms.Form):
    text = forms.CharField(label=_("What will be done"), max_length=300)
    person = PersonField(label=_("By whom"))
    due_on = day_field(_("By"))
    about = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def facts(self, organisation: Organisation) -> dict[str, Any]:
        """As the act takes them; ``about`` is what it came from, where that is a noun of the agency or of one below it."""
        owners = Organisation.objects.filter(below(organisation.path)).values("subject__code")
        about = Subject.objects.filter(code=self.cleaned_data["about"], organisation_code__in=owners).first()
        return {**self.cleaned_data, "about": about}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "person", PersonField).actor = actor


class ContributionForm(forms.Form):
    indicator = forms.ModelChoiceField(label=_("Indicator"), queryset=Indicator.objects.none())
    strength = forms.ChoiceField(label=_("How well it is shown"), choices=Strength.choices)
    argument = forms.CharField(
        label=_("Argument"), max_length=500, widget=text_area(3),
        help_text=_("What came out of it, and why that moves the indicator. Effects are not added up."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Where that can be read"), max_length=300, required=False, help_text=_("Needed from L3 on.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Indicator.objects.visible_to(actor).in_use().order_by("organisation__path", "name_key")
        field_of(self, "indicator", forms.ModelChoiceField).queryset = rows


class CauseForm(forms.Form):
    text = forms.CharField(label=_("Why is it off its path"), max_length=300, widget=text_area(2))
    action = forms.CharField(label=_("What will be done"), max_length=300)
    person = PersonField(label=_("By whom"))
    due_on = day_field(_("By"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "person", PersonField).actor = actor

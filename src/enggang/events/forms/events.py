from __future__ import annotations

import json
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of
from enggang.events.domain.editions import OrganiserSpec
from enggang.events.domain.events import ASKED, HostSpec
from enggang.events.enums import OrganiserRole
from enggang.events.forms.rows import RowForm
from enggang.events.models import Edition, Event, Site
from enggang.events.rules import MANAGERS
from enggang.places.enums import RegionLevel
from enggang.places.forms.tree import offer_in_tree
from enggang.places.models import Organisation, Region, Venue

MOST_HOSTS = 20


def regencies() -> Any:
    return Region.objects.for_choice().filter(level__in=[RegionLevel.PROVINCE, RegionLevel.REGENCY]).order_by("code")


class EventForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Event
        fields = [
            "organisation", "name", "kind", "region", "venue", "place", "description", "curator", "source",
            "rule", "month", "day", "nth", "weekday", "after", "offset", "length", "rule_note", "rule_source",
        ]  # fmt: skip
        labels = {"organisation": _("Agency"), "day": _("Day of the month")}
        help_texts = {
            "curator": _("The agency that curates and approves it, such as the province's. Empty: your own."),
            "place": _("Where it is at home, in words, when no venue of the list fits."),
            "rule": _("A rule lists possible dates; people decide for every year."),
            "month": _("Of the calendar of the rule: 2 is February, the second lunar month or Safar."),
            "nth": _("For a weekday."),
            "weekday": _("For a weekday."),
            "after": _("For a date that hangs on another event."),
            "offset": _("Negative: before it. Cap Go Meh's week begins 6 days before the day itself: -6."),
            "rule_note": _("Who decides and what else to know, such as what is sighted."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = field_of(self, "organisation", forms.ModelChoiceField)
        offer_in_tree(organisation, Organisation.objects.on().held_by(actor, *MANAGERS))
        self.fields["rule"].widget.attrs["data-asks"] = json.dumps(ASKED)
        offer_in_tree(field_of(self, "curator", forms.ModelChoiceField), Organisation.objects.visible_to(actor).on())
        field_of(self, "region", forms.ModelChoiceField).queryset = regencies()
        field_of(self, "venue", forms.ModelChoiceField).queryset = Venue.objects.visible_to(actor)
        others = Event.objects.visible_to(actor)
        field_of(self, "after", forms.ModelChoiceField).queryset = others.exclude(pk=self.instance.pk)
        if self.instance.pk:
            organisation.disabled = True


class HostForm(forms.Form):
    """A line without a name is nobody: emptying the name removes it."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("As"), choices=OrganiserRole.choices, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Agency, if it is one of this system"), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_in_tree(
            field_of(self, "organisation", forms.ModelChoiceField), Organisation.objects.visible_to(actor).on()
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return data if data.get("name") else {}


class OrganiserForm(HostForm):
    contact = forms.CharField(label=_("Contact person"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    applies = forms.BooleanField(label=_("Applies for the permits"), required=False)


HostFormSet = formset_factory(HostForm, extra=2, max_num=MOST_HOSTS, validate_max=True)
OrganiserFormSet = formset_factory(OrganiserForm, extra=2, max_num=MOST_HOSTS, validate_max=True)


def host_specs(formset: BaseFormSet[HostForm]) -> list[HostSpec]:
    return [HostSpec(**{**form.cleaned_data, "role": _role(form)}) for form in formset.forms if form.cleaned_data]


def organiser_specs(formset: BaseFormSet[OrganiserForm]) -> list[OrganiserSpec]:
    return [OrganiserSpec(**{**form.cleaned_data, "role": _role(form)}) for form in formset.forms if form.cleaned_data]


def _role(form: HostForm) -> str:
    return form.cleaned_data.get("role") or OrganiserRole.HOST.value


class NewEditionForm(forms.Form):
    year = forms.IntegerField(label=_("Year"))
    label = forms.CharField(label=_("Which one, when it is held twice a year"), max_length=60, required=False)
    first = day_field(
        _("First day"), required=False, help_text=_("Empty: as the rule computes it. Tentative either way.")
    )
    last = day_field(_("Last day"), required=False)


class EditionForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Edition
        fields = ["theme", "label", "scale", "area", "entry", "visitors", "contact"]
        help_texts = {
            "scale": _("Decides how many working days before the crowd permit is asked for."),
            "area": _("Decides which police office issues the crowd permit."),
        }


class SiteForm(RowForm):
    class Meta:
        model = Site
        fields = [
            "name", "use", "address", "district", "region", "latitude", "longitude", "capacity", "area_m2",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "region", forms.ModelChoiceField).queryset = regencies()

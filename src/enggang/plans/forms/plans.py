from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.people.models import Competency, Person
from enggang.people.models.competency import HIGHEST, LOWEST
from enggang.places.forms.zones import ZONES
from enggang.places.models import Organisation
from enggang.plans.domain.plans import person_on_record
from enggang.plans.models import Member, Plan, Section
from enggang.plans.queries.skills import offered
from enggang.plans.rules import MANAGERS

TYPED = {"inputmode": "numeric", "autocomplete": "off"}


class PlanForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    day = day_field(
        _("The day"), required=False,
        help_text=_("The day on which it begins; all dates are counted from it. Leave it empty as long as it is not known."),
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)


class NewPlanForm(PlanForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Agency"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organisation.objects.held_by(actor, *MANAGERS)
        field_of(self, "organisation", forms.ModelChoiceField).queryset = places
        self.initial.setdefault("organisation", places.first())


class EditPlanForm(PlanForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(plan, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class BoundsForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    weather = forms.CharField(
        label=_("What the weather must allow"), max_length=500, required=False, widget=text_area(),
        help_text=_("Rain, wind, waves, heat: from when on it is stopped or moved, and who says so."),
    )  # fmt: skip
    custom = forms.CharField(
        label=_("What ritual and custom demand"), max_length=500, required=False, widget=text_area(),
        help_text=_("An hour or a place that cannot move, what may not be entered, filmed or eaten, and whom to ask."),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(plan, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class SectionForm(forms.Form):
    name = forms.CharField(label=_("Name of the section"), max_length=80)


class NeedForm(forms.Form):
    competency = forms.ModelChoiceField(Competency.objects.none(), label=_("Competency"))
    level = forms.IntegerField(label=_("Level"), min_value=LOWEST, max_value=HIGHEST, initial=2)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Competency.objects.filter(pk__in=[row.pk for row in offered(plan)])
        field_of(self, "competency", forms.ModelChoiceField).queryset = choices


class MemberForm(forms.Form):
    """Somebody on record by the NIP, else a name and a number."""

    nip = forms.CharField(
        label=_("NIP"), max_length=30, required=False, widget=forms.TextInput(attrs=TYPED),
        help_text=_("Of somebody on record: the name comes from there, and they find their tasks in their account."),
    )  # fmt: skip
    name = forms.CharField(label=_("Or the name"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Mobile number"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    section = forms.ModelChoiceField(
        Section.objects.none(), label=pgettext_lazy("committee", "Section"), required=False
    )
    post = forms.CharField(label=_("Post in the committee"), max_length=80, required=False)
    leads = forms.BooleanField(label=_("Leads the section"), required=False)

    def __init__(self, *args: Any, plan: Plan, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        field_of(self, "section", forms.ModelChoiceField).queryset = plan.sections.all()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        nip = data.pop("nip", "")
        data["person"] = self._person(nip)
        if nip and data["person"] is None:
            self.add_error("nip", _("Nobody with this NIP is on record where you may look. Give the name instead."))
        return data

    def _person(self, nip: str) -> Person | None:
        return person_on_record(nip, self.actor)


class EditMemberForm(MemberForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        names = ("name", "phone", "section", "post", "leads", "version")
        kwargs["initial"] = {name: getattr(member, name) for name in names}
        super().__init__(*args, plan=member.plan, **kwargs)
        self.member = member
        if member.person is not None:
            del self.fields["nip"], self.fields["name"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.member.person is not None:
            data["person"] = self.member.person
        return data

"""What an agency types of a training need, and what an organiser asks of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import field_of
from enggang.people.forms.fields import OrganisationField
from enggang.people.models import Competency, Person
from enggang.places.models import Organisation
from enggang.places.models.organisation import below, below_any
from enggang.training.domain.needs import YEARS_AHEAD, NeedFacts
from enggang.training.enums import NeedPriority, NeedSource, NeedState, PastedKind
from enggang.training.forms.pasting import PastedField
from enggang.training.models import CallAgency, Need, Programme
from enggang.training.models.need import MOST_PEOPLE, NeedQuerySet
from enggang.training.queries.pasted import JudgedLine
from enggang.training.queries.pasted_staff import judge_staff
from enggang.training.rules import KEEPS_STAFF, SEES_NEEDS

MOST_NAMED = 200
SUMS = {  # name of the choice -> label, and the joined name it sums by
    "agency": (_("Agency"), "agency__name"),
    "programme": (_("Programme"), "programme__title"),
    "competency": (_("Competency"), "competency__name"),
    "topic": (_("Topic"), "topic"),
}


class NeedForm(forms.Form):
    """``invited`` is the call through whose page a need comes: then agency and organiser are given.

    ``version`` is the save the form began from; 0 for a new need.
    """

    agency = OrganisationField(label=_("Agency"))
    organiser = OrganisationField(label=_("Stated to"), help_text=_("With a programme chosen it is its organiser."))
    year = forms.IntegerField(label=_("For the year"))
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), required=False)
    competency = forms.ModelChoiceField(label=_("Competency"), queryset=Competency.objects.none(), required=False)
    topic = forms.CharField(
        label=_("Topic"),
        max_length=200,
        required=False,
        help_text=_("Where neither a programme nor a competency fits."),
    )
    number = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=MOST_PEOPLE)
    nips = PastedField(
        label=_("NIPs of the people, one per line"), required=False, most=MOST_NAMED, rows=4,
        help_text=_("Only where it is known already who they are."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=NeedPriority.choices, coerce=int, initial=NeedPriority.MEDIUM
    )
    source = forms.ChoiceField(label=_("Where it comes from"), choices=NeedSource.choices, initial=NeedSource.OWN)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args: Any, actor: Actor, invited: CallAgency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited, self.people, self.not_taken = invited, list[Person](), list[JudgedLine]()
        self.fields["year"].initial = clock.today().year + 1
        programmes = Programme.objects.select_related("organisation")
        competencies = Competency.objects.on(clock.today())
        if invited is not None:
            del self.fields["agency"], self.fields["organiser"]
            programmes = programmes.filter(organisation=invited.call.organisation_id)
            competencies = competencies.serving(invited.agency)
        else:
            field_of(self, "agency", OrganisationField).offer(Organisation.objects.on().held_by(actor, *KEEPS_STAFF))
            asked = Organisation.objects.on().filter(programmes__isnull=False).distinct()
            field_of(self, "organiser", OrganisationField).offer(asked)
            competencies = competencies.visible_to(actor)
        field_of(self, "programme", forms.ModelChoiceField).queryset = programmes
        field_of(self, "competency", forms.ModelChoiceField).queryset = competencies

    def clean_year(self) -> int:
        year, this = int(self.cleaned_data["year"]), clock.today().year
        if not this <= year <= this + YEARS_AHEAD:
            text = say("State needs for this year or one of the %(count)s years to come.")
            raise forms.ValidationError(text % {"count": YEARS_AHEAD})
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = self.errors.keys() & {"programme", "competency", "topic"}  # what was wrong with it is said there
        if not named and not (data.get("programme") or data.get("competency") or (data.get("topic") or "").strip()):
            self.add_error("competency", say("Say what is to be learned: a competency, a topic or a programme."))
        agency = self.invited.agency if self.invited else data.get("agency")
        if agency is not None and data.get("nips"):
            self._read_people(agency, data["nips"])
        return data

    def _read_people(self, agency: Organisation, text: str) -> None:
        """The agency's staff behind the lines; each that is none is kept with its reason. Named twice is named once."""
        lines = judge_staff(agency, text)
        self.people = [line.person for line in lines if line.person]
        self.not_taken = [line for line in lines if not line.is_good and line.kind != PastedKind.TWICE]
        if self.not_taken:
            self.add_error("nips", say("Correct the lines that are listed, or take them out."))

    def facts(self) -> NeedFacts:
        names = ("year", "number", "reason", "priority", "source", "programme", "competency", "topic")
        return NeedFacts(**{name: self.cleaned_data[name] for name in names}, people=self.people)


def typed(need: Need) -> dict[str, Any]:
    """The need as its form shows it."""
    names = (
        "agency",
        "organiser",
        "year",
        "programme",
        "competency",
        "topic",
        "number",
        "reason",
        "priority",
        "source",
    )
    people = "\n".join(person.nip for person in need.people.order_by("name_key") if person.nip)
    return {**{name: getattr(need, name) for name in names}, "nips": people, "version": need.version}


class NeedFilter(forms.Form):
    agency = OrganisationField(label=_("Agency"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2199)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), required=False)
    competency = forms.ModelChoiceField(label=_("Competency"), queryset=Competency.objects.none(), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *NeedState.choices])
    by = forms.ChoiceField(
        label=_("Sum by"), required=False, choices=[(name, label) for name, (label, _by) in SUMS.items()]
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Need.objects.visible_to(actor)
        here = Q(pk__in=seen.values("agency")) | below_any(actor.paths(*SEES_NEEDS))
        field_of(self, "agency", OrganisationField).offer(Organisation.objects.filter(here))
        programmes = Programme.objects.filter(pk__in=seen.values("programme"))
        field_of(self, "programme", forms.ModelChoiceField).queryset = programmes
        competencies = Competency.objects.filter(pk__in=seen.values("competency"))
        field_of(self, "competency", forms.ModelChoiceField).queryset = competencies
        self.is_valid()

    def narrow(self, rows: NeedQuerySet) -> NeedQuerySet:
        """By what was chosen; nonsense narrows nothing."""
        data = self.cleaned_data
        for name in ("year", "programme", "competency", "state"):
            if data.get(name):
                rows = rows.filter(**{name: data[name]})
        return rows.filter(below(data["agency"].path, "agency__path")) if data.get("agency") else rows

    def sum_by(self) -> tuple[Any, str]:
        """The label and the joined name of the chosen sum."""
        return SUMS[self.cleaned_data.get("by") or "agency"]

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import POSSIBLE_DAYS, LocalDateTimeField, field_of
from enggang.people.enums import SHORT_KINDS, StaffKind
from enggang.people.models import Person
from enggang.places.enums import OrganisationKind, RegionLevel
from enggang.places.forms.tree import in_tree
from enggang.places.models import Organisation, Region, Venue
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models.offer import OPEN_TO_ALL, open_label
from enggang.training.models import Programme, Session, Wave, WaveClass
from enggang.training.queries.instructors import teachers_for
from enggang.training.rules import MANAGERS

OPEN = "open"
EVERY_REGENCY = "regencies"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WaveForm(forms.Form):
    name = forms.CharField(label=_("Name of the wave"), max_length=120, help_text=_("For example: Wave 1."))
    starts_on = forms.DateField(label=_("First day"), widget=DAY, validators=POSSIBLE_DAYS)
    ends_on = forms.DateField(label=_("Last day"), widget=DAY, validators=POSSIBLE_DAYS)
    venue = forms.ModelChoiceField(Venue.objects.none(), label=_("Venue"), required=False)
    registration_opens = LocalDateTimeField(
        label=_("Registration opens"), required=False, help_text=_("Local time. Empty: as soon as the wave is opened.")
    )
    registration_closes = LocalDateTimeField(
        label=_("Registration closes"), required=False, help_text=_("Local time. Empty: until the seats are gone.")
    )

    names_until = forms.DateField(
        label=_("Names are confirmed until"), widget=DAY, required=False, validators=POSSIBLE_DAYS,
        help_text=_("Until this day participants correct and confirm their name for the certificate."),
    )  # fmt: skip

    contact = forms.CharField(
        label=_("Contact"), max_length=200, required=False,
        help_text=_("Name and number of whom instructors ask; it stands on their briefing page."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        field_of(self, "venue", forms.ModelChoiceField).queryset = Venue.objects.visible_to(actor)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("registration_opens", "registration_closes"):
            if data.get(name):
                data[name] = data[name].replace(tzinfo=self.zone)
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        opens, closes = data.get("registration_opens"), data.get("registration_closes")
        if opens and closes and closes <= opens:
            self.add_error("registration_closes", _("Registration closes before it opens."))
        return data


class NewWaveForm(WaveForm):
    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"))
    field_order = ("programme",)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        managed = Programme.objects.filter(
            retired_at=None, organisation__in=Organisation.objects.held_by(actor, *MANAGERS)
        )
        field_of(self, "programme", forms.ModelChoiceField).queryset = managed


class EditWaveForm(WaveForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        zone = ZoneInfo(wave.time_zone)
        opens, closes = wave.offer.opens_at, wave.offer.closes_at
        initial = {
            "name": wave.name,
            "starts_on": wave.starts_on,
            "ends_on": wave.ends_on,
            "venue": wave.venue,
            "version": wave.version,
            "names_until": wave.names_until,
            "contact": wave.contact,
            "registration_opens": opens.astimezone(zone).replace(tzinfo=None) if opens else None,
            "registration_closes": closes.astimezone(zone).replace(tzinfo=None) if closes else None,
        }
        super().__init__(*args, zone=wave.time_zone, initial=initial, **kwargs)


def pool_choices() -> list[tuple[Any, Any]]:
    """Whom a quota may be for: everyone, a regency or city that has a government here, or an agency."""
    rows = Organisation.objects.on().select_related("subject")
    return [
        (OPEN, _(OPEN_TO_ALL)),
        (EVERY_REGENCY, _("Every regency and city, the same number each")),
        (_("Regencies and cities"), [(f"region:{row.code}", row.name) for row in _regencies()]),
        (_("Agencies and governments"), [(f"organisation:{row.code}", row.name) for row in in_tree(rows)]),
    ]


def _regencies() -> QuerySet[Region]:
    governed = Organisation.objects.on().filter(kind=OrganisationKind.GOVERNMENT).values("region_id")
    return Region.objects.filter(code__in=governed, level=RegionLevel.REGENCY)


class PoolForm(forms.Form):
    owner = forms.ChoiceField(label=_("For whom"))
    kind = forms.ChoiceField(
        label=_("Kind of staff"), choices=[("", _("Any kind")), *StaffKind.choices], required=False
    )
    size = forms.IntegerField(label=_("Seats"), min_value=1, max_value=20_000)

    def __init__(self, *args: Any, choices: list[tuple[Any, Any]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "owner", forms.ChoiceField).choices = [
            ("", "–"),
            *(choices if choices is not None else pool_choices()),
        ]

    def specs(self) -> list[PoolSpec]:
        """The quota as the seats engine takes it; «every regency» is one quota for each."""
        kind = self.cleaned_data["kind"]
        short = str(SHORT_KINDS[StaffKind(kind)]) if kind else ""
        return [
            replace(spec, kind=kind, label=" · ".join(filter(None, (spec.label, short)))) for spec in self._for_whom()
        ]

    def _for_whom(self) -> list[PoolSpec]:
        """Without a label where it is for everyone of one kind: the kind is its name."""
        owner, _colon, key = self.cleaned_data["owner"].partition(":")
        size = self.cleaned_data["size"]
        if owner == EVERY_REGENCY:
            return [PoolSpec(region.name, size, region=region) for region in _regencies()]
        if owner == "region":
            region = Region.objects.get(code=key)
            return [PoolSpec(region.name, size, region=region)]
        if owner == "organisation":
            organisation = Organisation.objects.get(subject__code=key)
            return [PoolSpec(organisation.short_name or organisation.name, size, organisation=organisation)]
        return [PoolSpec("" if self.cleaned_data["kind"] else open_label(), size)]


class _Pools(BaseFormSet):  # type: ignore[type-arg]
    default_error_messages = {
        **BaseFormSet.default_error_messages,
        "too_few_forms": _("Give at least one quota: for whom, and how many seats."),
    }


PoolFormSet = formset_factory(
    PoolForm, extra=3, formset=_Pools, min_num=1, validate_min=True, max_num=60, validate_max=True
)


def pool_specs(formset: BaseFormSet[PoolForm]) -> list[PoolSpec]:
    return [spec for form in formset.forms if form.cleaned_data for spec in form.specs()]


class ResizeForm(forms.Form):
    size = forms.IntegerField(label=_("Seats"), min_value=0, max_value=20_000)


class SessionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=DAY, validators=POSSIBLE_DAYS)
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    jp = forms.IntegerField(label=_("JP"), min_value=0, max_value=24, required=False)
    room = forms.CharField(label=_("Room"), max_length=120, required=False)
    instructor = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Lead instructor"),
        required=False,
        help_text=_("Others who teach, and assistants, are named on the tab of instructors."),
    )
    klass = forms.ModelChoiceField(
        WaveClass.objects.none(), label=_("Only for"), required=False, empty_label=_("Everyone")
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = teachers_for(wave.organisation, self.initial.get("instructor"))
        field_of(self, "instructor", forms.ModelChoiceField).queryset = people
        if classes := wave.classes.all():
            field_of(self, "klass", forms.ModelChoiceField).queryset = classes
        else:
            del self.fields["klass"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", _("The session ends before it begins."))
        data["jp"] = data.get("jp") or 0
        return data


class EditSessionForm(SessionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        names = ("title", "day", "begins", "ends", "jp", "room", "instructor", "klass", "version")
        initial = {name: getattr(session, name) for name in names}
        super().__init__(*args, wave=session.wave, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        return {"klass": None, **super().clean()}

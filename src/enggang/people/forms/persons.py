from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people import rules
from enggang.people.enums import StaffKind
from enggang.people.forms.fields import DateField, OrganisationField
from enggang.people.models import Employment, Person, PostType
from enggang.people.names import is_name, tidy
from enggang.people.nip import read_nip
from enggang.people.phones import normalise_phone
from enggang.people.reasons import SENTENCES
from enggang.places.models import Organisation

CHOICES_SHOWN = 20


class PersonForm(forms.Form):
    """Who a person is and how they are reached."""

    name = forms.CharField(
        label=gettext_lazy("Name with titles"),
        help_text=gettext_lazy("As it will be printed on papers, with titles and commas."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nip = forms.CharField(
        label=gettext_lazy("NIP"),
        help_text=gettext_lazy("18 digits, with or without spaces. Leave it empty for those who have none."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Mobile number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not is_name(name):
            raise forms.ValidationError(_("Write the person's name as it is spelt on official papers."))
        return name

    def clean_nip(self) -> str:
        nip = read_nip(self.cleaned_data["nip"], today=clock.today())
        if nip.error:
            raise forms.ValidationError(str(SENTENCES[nip.error]))
        self.nip_warnings = [str(SENTENCES[reason]) for reason in nip.warnings]
        return nip.digits

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        phone = normalise_phone(typed)
        if typed.strip() and not phone:
            raise forms.ValidationError(_("This is not a complete telephone number. Write it like 0812-3456-7890."))
        return phone

    @property
    def warnings(self) -> list[str]:
        """What to look at in what was accepted."""
        return getattr(self, "nip_warnings", [])


class ChangePersonForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, person: Person) -> dict[str, Any]:
        return {
            "name": person.name,
            "nip": person.spaced_nip,
            "phone": person.shown_phone,
            "email": person.email,
            "version": person.version,
        }


class WorkForm(forms.Form):
    """Where a person works, and as what."""

    organisation = OrganisationField(label=gettext_lazy("Agency"))
    kind = forms.ChoiceField(label=gettext_lazy("Status"), choices=StaffKind.choices)
    post = forms.CharField(label=gettext_lazy("Post"), max_length=200, required=False)
    post_type = forms.ModelChoiceField(
        label=gettext_lazy("Kind of post"),
        help_text=gettext_lazy("It says which competency levels and which scores the post asks for."),
        queryset=PostType.objects.none(),
        empty_label=gettext_lazy("Not said yet"),
        required=False,
    )
    rank = forms.CharField(label=gettext_lazy("Rank and grade"), max_length=60, required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.held_by(actor, *rules.MANAGES_PEOPLE).on()
        self.fields["organisation"].offer(rows)  # type: ignore[attr-defined]
        self.fields["post_type"].queryset = PostType.objects.visible_to(actor).on(clock.today())  # type: ignore[attr-defined]


class AddPersonForm(WorkForm, PersonForm):
    field_order = ["name", "nip", "phone", "email", "organisation", "kind", "post", "post_type", "rank", "unit"]


class EmploymentForm(WorkForm):
    starts_on = DateField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("It may be a day to come: until then everything stays as it is."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, person: Person, present: Employment | None) -> dict[str, Any]:
        kept = ("organisation", "kind", "post", "post_type", "rank", "unit")
        values = {name: getattr(present, name) for name in kept} if present else {}
        return {**values, "starts_on": clock.today(), "version": person.version}


class PastForm(WorkForm):
    """An employment that is over, at any agency."""

    starts_on = DateField(label=gettext_lazy("From"))
    ends_on = DateField(label=gettext_lazy("Until"), help_text=gettext_lazy("The last day; the next may begin on it."))
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("organisation", "kind", "post", "rank", "unit", "starts_on", "ends_on")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        del self.fields["post_type"]
        self.fields["organisation"].offer(Organisation.objects.all())  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, person: Person, row: Employment | None) -> dict[str, Any]:
        kept = ("organisation", "kind", "post", "rank", "unit", "starts_on", "ends_on")
        values = {name: getattr(row, name) for name in kept} if row else {}
        return {**values, "version": person.version}


class ReleaseForm(forms.Form):
    last_day = DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("It may be a day to come: until then everything stays as it is."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SuperiorForm(forms.Form):
    """Found by typing; when several fit, the form comes back with them to choose from."""

    offers_from = 2  # of so many that fit one is chosen; fewer are meant without asking
    text = forms.CharField(
        label=gettext_lazy("Superior"),
        help_text=gettext_lazy("Part of the name, or the whole NIP. Leave it empty for none."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    chosen = forms.ChoiceField(label=gettext_lazy("Who is meant"), required=False, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.superior: Person | None = None
        typed = self["text"].value() if self.is_bound else ""
        rows = Person.objects.visible_to(actor).matching(tidy(typed)).select_related("subject")
        self.found = list(rows[:CHOICES_SHOWN]) if typed else []
        self.fields["chosen"].choices = [(person.code, person.name) for person in self.found]  # type: ignore[attr-defined]
        if len(self.found) < self.offers_from:
            self.fields["chosen"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("text"):
            return data
        alone = len(self.found) < self.offers_from
        chosen = [person for person in self.found if alone or person.code == data.get("chosen")]
        if not chosen:
            message = (
                _("Choose who is meant.")
                if self.found
                else _("Nobody of this name or NIP was found among your people.")
            )
            raise forms.ValidationError(message)
        self.superior = chosen[0]
        return data


class MergeForm(SuperiorForm):
    """The other record of the same person: found by typing, chosen even when only one fits, and confirmed."""

    offers_from = 1
    text = forms.CharField(
        label=gettext_lazy("The other record"),
        help_text=gettext_lazy("Part of the name, or the whole NIP or mobile number."),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(
        label=gettext_lazy("These two are one person"),
        help_text=gettext_lazy("Registrations, attendance and certificates come together here. It can be undone."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = [each for each in self.found if each.pk != person.pk]
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.name} · {each.masked_nip or _('no NIP')}") for each in self.found
        ]
        if not self.found:
            self.fields["chosen"].widget = forms.HiddenInput()


class NipForm(forms.Form):
    """The NIP of somebody who was taken on record without it."""

    nip = forms.CharField(
        label=gettext_lazy("NIP"),
        help_text=gettext_lazy("18 digits, with or without spaces, as on your staff card or decree."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

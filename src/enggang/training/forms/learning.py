from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import field_of
from enggang.people.forms.fields import DateField, OrganisationField
from enggang.places.models import Organisation
from enggang.training.queries.past import Learned
from enggang.training.rules import IMPORTS_LEARNING, SEES_LEARNING

FIRST_YEAR = 2000
ALL_COLUMNS = (
    ("name", _("Name")),
    ("nip", _("NIP")),
    ("agency", _("Agency")),
    ("kind", _("Status")),
    ("post", _("Post")),
    ("here", _("JP from waves here")),
    ("outside", _("JP from outside")),
    ("total", _("JP in the year")),
    ("limit", _("Limit")),
    ("says", _("How it stands")),
    ("list", _("Trainings")),
)


class CertificateForm(forms.Form):
    title = forms.CharField(label=_("Title of the training"), max_length=200)
    organiser = forms.CharField(label=_("Who held it"), max_length=200)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    jp = forms.IntegerField(label=_("JP"), min_value=1, max_value=1000, help_text=_("As the certificate says."))
    number = forms.CharField(label=_("Number of the certificate"), max_length=120, required=False)
    file = forms.FileField(
        label=_("Certificate"), help_text=_("PDF, JPEG or PNG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def learned(self) -> Learned:
        data = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return Learned(**data)


class LearningFilterForm(forms.Form):
    """Which year, whose staff, and whether only those who are short or over."""

    agency = OrganisationField(label=_("Agency"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("Everyone")), ("short", _("Who is short")), ("over", _("Who is over"))],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "agency", OrganisationField).offer(Organisation.objects.held_by(actor, *SEES_LEARNING))

    def value(self, name: str) -> Any:
        """What was chosen; nothing when it was nonsense."""
        return self.cleaned_data.get(name) if self.is_valid() or name in self.cleaned_data else None

    def chosen_year(self) -> int:
        this = clock.today().year
        return min(int(self.value("year") or this), this)


class PastForm(forms.Form):
    organisation = OrganisationField(label=_("Agency"))
    file = forms.FileField(
        label=_("List"), help_text=_("Excel (.xlsx) or CSV, at most 10 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.on().held_by(actor, *IMPORTS_LEARNING)
        field_of(self, "organisation", OrganisationField).offer(rows)

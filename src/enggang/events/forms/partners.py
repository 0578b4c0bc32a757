from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.budgets.forms.money import RupiahField
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.events.enums import PARTNERSHIP_MOVES, GiftKind, PartnershipState
from enggang.events.forms.events import regencies
from enggang.events.forms.rows import RowForm
from enggang.events.models import Edition, Partner, Partnership
from enggang.events.rules import MANAGERS
from enggang.places.forms.tree import offer_in_tree
from enggang.places.models import Organisation


class PartnerForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Partner
        fields = ["organisation", "name", "kind", "region", "address", "contact", "phone", "email", "offers", "note"]
        labels = {"organisation": _("agency")}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = field_of(self, "organisation", forms.ModelChoiceField)
        offer_in_tree(organisation, Organisation.objects.on().held_by(actor, *MANAGERS))
        field_of(self, "region", forms.ModelChoiceField).queryset = regencies()
        if self.instance.pk:
            organisation.disabled = True


class AskForm(forms.Form):
    """Whom to put on the list of an edition."""

    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("Partner"))
    asked_for = forms.CharField(label=_("What is asked of them"), max_length=300, required=False)
    person = forms.CharField(label=_("Who talks with them"), max_length=120, required=False)

    def __init__(self, *args: Any, edition: Edition, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Partner.objects.managed_by(actor).filter(retired_on=None)
        listed = edition.partnerships.values("partner")
        field_of(self, "partner", forms.ModelChoiceField).queryset = rows.exclude(pk__in=listed)


class PartnershipForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    asked_for = forms.CharField(label=_("What is asked of them"), max_length=300, required=False)
    gift = forms.ChoiceField(label=_("In the form of"), choices=[("", "–"), *GiftKind.choices], required=False)
    gives = forms.CharField(label=_("What they give"), max_length=300, required=False)
    value = RupiahField(
        label=_("Worth (Rp)"), required=False, help_text=_("For goods and services: as both sides estimate it.")
    )
    returns = forms.CharField(label=_("What they get for it"), max_length=300, required=False)
    number = forms.CharField(label=_("Number of the agreement"), max_length=120, required=False)
    person = forms.CharField(label=_("Who talks with them"), max_length=120, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=text_area())

    def __init__(self, data: Any = None, *, row: Partnership) -> None:
        super().__init__(data, initial={name: getattr(row, name) for name in self.base_fields})


class AnswerForm(forms.Form):
    """What became of it: the next state, with its day."""

    to = forms.ChoiceField(label=_("State"))
    on = day_field(_("On"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=text_area())

    def __init__(self, *args: Any, row: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = PARTNERSHIP_MOVES[PartnershipState(row.state)]
        choices = [(state.value, state.label) for state in PartnershipState if state in allowed]
        field_of(self, "to", forms.ChoiceField).choices = choices
        self.fields["on"].initial = clock.today

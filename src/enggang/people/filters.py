from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from enggang.core.actor import Actor
from enggang.people import rules
from enggang.people.enums import StaffKind
from enggang.people.models import Person
from enggang.people.models.person import PersonQuerySet
from enggang.people.names import tidy
from enggang.places.forms.tree import in_tree
from enggang.places.models import Organisation


class PersonFilter(FilterSet):
    text = CharFilter(
        label=_("Name, NIP or mobile number"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    organisation = ChoiceFilter(label=_("Agency"), method="by_organisation", empty_label=_("All"))
    kind = ChoiceFilter(label=_("Status"), method="by_kind", choices=StaffKind.choices, empty_label=_("All"))
    nip = ChoiceFilter(
        label=_("NIP"), method="by_nip", choices=[("pending", _("To be completed"))], empty_label=_("All")
    )

    standing = ChoiceFilter(
        label=_("Entered at a desk"), method="by_standing", choices=[("asked", _("To be confirmed by the agency"))],
        empty_label=_("All"),
    )  # fmt: skip

    class Meta:
        model = Person
        fields = ["text", "organisation", "kind", "nip", "standing"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.held_by(actor, *rules.SEES_PEOPLE).select_related("subject")
        self.organisations = {row.code: row for row in in_tree(rows)}
        choices = [
            (code, f"{'– ' * row.depth}{row.short_name or row.name}") for code, row in self.organisations.items()
        ]
        self.filters["organisation"].extra["choices"] = choices

    @property
    def agency(self) -> Organisation | None:
        """The agency that the list is narrowed to."""
        return self.organisations.get(self.data.get("organisation", ""))

    def by_text(self, rows: PersonQuerySet, _name: str, value: str) -> PersonQuerySet:
        return rows.matching(tidy(value)[:100])

    def by_organisation(self, rows: PersonQuerySet, _name: str, value: str) -> PersonQuerySet:
        return rows.employed_below(self.organisations[value].path)

    def by_kind(self, rows: PersonQuerySet, _name: str, value: str) -> PersonQuerySet:
        return rows.of_kind(value)

    def by_nip(self, rows: PersonQuerySet, _name: str, _value: str) -> PersonQuerySet:
        return rows.nip_to_complete()

    def by_standing(self, rows: PersonQuerySet, _name: str, _value: str) -> PersonQuerySet:
        return rows.to_confirm()

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation, Region, Venue


def _regions(_request: object) -> object:
    return Region.objects.for_choice().filter(organisation__isnull=False).distinct()


class OrganisationFilter(filters.FilterSet):
    q = filters.CharFilter(method="named", label=_("Name"))
    kind = filters.ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"), empty_label=_("All"))
    region = filters.ModelChoiceFilter(queryset=_regions, label=_("Region"), empty_label=_("All"))

    class Meta:
        model = Organisation
        fields = ("q", "kind", "region")

    def named(self, rows: object, _name: str, value: str) -> object:
        return rows.named(value)  # type: ignore[attr-defined]


class VenueFilter(filters.FilterSet):
    q = filters.CharFilter(method="named", label=_("Name or region"))

    class Meta:
        model = Venue
        fields = ("q",)

    def named(self, rows: object, _name: str, value: str) -> object:
        return rows.named(value)  # type: ignore[attr-defined]

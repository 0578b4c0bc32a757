from __future__ import annotations

import django_tables2 as tables
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from enggang.places.models import Organisation, Region, Venue


class OrganisationTable(tables.Table):
    name = tables.Column(_("Name"), linkify=("places:organisation", {"code": tables.A("code")}), order_by="name_key")
    kind = tables.Column(_("Kind"))
    parent = tables.Column(_("Below"), order_by="parent__name_key", default="–")
    region = tables.Column(_("Region"), default="–")

    class Meta:
        model = Organisation
        fields = ("name", "kind", "parent", "region")
        order_by = "name"
        empty_text = _("No organisation fits this.")

    def render_parent(self, value: Organisation) -> str:
        return value.short_name


class ChildTable(OrganisationTable):
    class Meta:
        model = Organisation
        fields = ("name", "kind", "region")
        exclude = ("parent",)
        order_by = "name"
        empty_text = _("Nothing below it.")


class VenueTable(tables.Table):
    name = tables.Column(_("Name"), linkify=("places:venue", {"code": tables.A("code")}), order_by="name_key")
    region = tables.Column(_("Region"))
    capacity = tables.Column(_("Seats"), default="–", attrs={"td": {"class": "num"}})
    organisation = tables.Column(_("Answers for it"), accessor="organisation__short_name")

    class Meta:
        model = Venue
        fields = ("name", "region", "capacity", "organisation")
        order_by = "name"
        empty_text = _("No venue yet.")


class RegionTable(tables.Table):
    name = tables.Column(_("Name"), linkify=("places:region", {"code": tables.A("code")}))
    code = tables.Column(_("Code"))
    population = tables.Column(_("Population"), default="–", attrs={"td": {"class": "num"}})
    area_km2 = tables.Column(_("Area, km²"), default="–", attrs={"td": {"class": "num"}})

    class Meta:
        model = Region
        fields = ("name", "code", "population", "area_km2")
        order_by = "code"
        empty_text = _("No smaller region is on record.")

    def render_area_km2(self, value: float) -> str:
        return number_format(value, 0, force_grouping=True)

    def render_population(self, value: int) -> str:
        return number_format(value, force_grouping=True)

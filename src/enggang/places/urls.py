from __future__ import annotations

from django.urls import path, register_converter

from enggang.places.views import organisations, regions, venues


class RegionCode:
    regex = r"[0-9.]{2,13}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RegionCode, "region")

app_name = "places"
urlpatterns = [
    path("", organisations.tree, name="tree"),
    path("baru/", organisations.new_organisation, name="organisation_new"),
    path("wilayah/", regions.regions, name="regions"),
    path("wilayah/<region:code>/", regions.region, name="region"),
    path("tempat/", venues.venues, name="venues"),
    path("tempat/baru/", venues.new_venue, name="venue_new"),
    path("tempat/<slug:code>/", venues.venue, name="venue"),
    path("tempat/<slug:code>/ubah/", venues.edit_venue, name="venue_edit"),
    path("<slug:code>/", organisations.organisation, name="organisation"),
    path("<slug:code>/baru/", organisations.new_organisation, name="organisation_below"),
    path("<slug:code>/ubah/", organisations.edit_organisation, name="organisation_edit"),
    path("<slug:code>/penerus/", organisations.name_successor, name="organisation_succeed"),
    path("<slug:code>/akhiri/", organisations.finish_organisation, name="organisation_end"),
]

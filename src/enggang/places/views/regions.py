"""Regions: public knowledge, open to everyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from enggang.core.actor import actor_of
from enggang.core.tables import RequestConfig
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.places.queries.regions import above, map_of
from enggang.places.tables import RegionTable


@require_GET
def regions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    table = RegionTable(Region.objects.visible_to(actor).filter(level=RegionLevel.PROVINCE).defer("outline"))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(request, "places/regions.html", {"table": table, "layout": _layout(request)})


@require_GET
def region(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = get_object_or_404(Region.objects.visible_to(actor), code=code)
    without = ("population", "area_km2") if row.level >= RegionLevel.REGENCY else ()  # not known below regencies
    table = RegionTable(row.children.defer("outline"), exclude=without)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {"region": row, "table": table, "crumbs": _crumbs(row), "map": map_of(row), "layout": _layout(request)}
    if actor.is_signed_in:
        organisations = Organisation.objects.visible_to(actor).on().filter(region=row).select_related("subject")
        context["organisations"] = organisations.order_by("name_key")[:60]
    return render(request, "places/region.html", context)


def _layout(request: HttpRequest) -> str:
    return "core/office.html" if actor_of(request).is_signed_in else "core/public.html"


def _crumbs(row: Region) -> list[dict[str, str]]:
    up = [{"label": each.name, "href": reverse("places:region", args=[each.code])} for each in above(row)]
    return [{"label": _("Regions"), "href": reverse("places:regions")}, *up, {"label": row.name, "href": ""}]

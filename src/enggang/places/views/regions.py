"""Regions: public knowledge, open to everyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.places.queries.regions import above, map_of
from enggang.places.tables import RegionTable


@require_http_methods(LIST_METHODS)
def regions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    table = RegionTable(Region.objects.visible_to(actor).filter(level=RegionLevel.PROVINCE).defer("outline"))
    context = {"table": table, "layout": _layout(request)}
    return answer_list(request, "places/regions.html", context, name=_("Regions"), exports=actor.is_signed_in)


@require_http_methods(LIST_METHODS)
def region(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = get_object_or_404(Region.objects.visible_to(actor), code=code)
    without = ("population", "area_km2") if row.level >= RegionLevel.REGENCY else ()  # not known below regencies
    table = RegionTable(row.children.defer("outline"), exclude=without)
    context = {"region": row, "table": table, "crumbs": _crumbs(row), "map": map_of(row), "layout": _layout(request)}
    if actor.is_signed_in:
        organisations = Organisation.objects.visible_to(actor).on().filter(region=row).select_related("subject")
        context["organisations"] = organisations.order_by("name_key")[:60]
    return answer_list(request, "places/region.html", context, name=row.name, exports=actor.is_signed_in)


def _layout(request: HttpRequest) -> str:
    return "core/office.html" if actor_of(request).is_signed_in else "core/public.html"


def _crumbs(row: Region) -> list[dict[str, str]]:
    up = [{"label": each.name, "href": reverse("places:region", args=[each.code])} for each in above(row)]
    return [{"label": _("Regions"), "href": reverse("places:regions")}, *up, {"label": row.name, "href": ""}]

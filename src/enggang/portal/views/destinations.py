"""Destinations as visitors read them: a list with a few questions, and a page in the language of its address."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from enggang.core.paging import BoundedPaginator
from enggang.core.wordings import ORIGINAL
from enggang.places.models import Region
from enggang.portal.forms.destinations import FindForm
from enggang.portal.languages import address
from enggang.portal.linked import breadcrumbs
from enggang.portal.pages import public_page, show, whole
from enggang.portal.queries.maps import map_of_destinations
from enggang.stories.models import Destination, OldAddress
from enggang.stories.queries.destinations import Page, cards_of, page_of

PER_PAGE = 24


@public_page
def destination_list(request: HttpRequest, language: str) -> HttpResponse:
    published = Destination.objects.published()
    regions = Region.objects.for_choice().filter(Exists(published.filter(region=OuterRef("pk")))).order_by("code")
    form = FindForm(request.GET, regions=regions)
    form.is_valid()
    rows = _asked(published.with_names(), form.cleaned_data)
    page = BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    view = "peta" if request.GET.get("tampilan") == "peta" else "daftar"
    context = {
        "form": form, "page": page, "cards": cards_of(list(page.object_list), language), "view": view,
        "drawn": map_of_destinations(rows, language) if view == "peta" else None,
    }  # fmt: skip
    return show(request, "portal/destinations.html", context, language=language, name="destinations")


def _asked(rows: Any, wanted: dict[str, Any]) -> Any:
    if text := wanted.get("cari"):
        rows = rows.named(text.replace("\x00", ""))
    if region := wanted.get("wilayah"):
        rows = rows.filter(region=region)
    if kind := wanted.get("jenis"):
        rows = rows.filter(kind=kind)
    if wanted.get("gratis"):
        rows = rows.filter(is_free=True)
    return rows.accessible() if wanted.get("akses") else rows


@public_page
def destination(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    row = Destination.objects.published().with_names().filter(slug=slug).first()
    if row is None:
        old = get_object_or_404(OldAddress.objects.filter(destination__in=Destination.objects.published()), slug=slug)
        return HttpResponsePermanentRedirect(address("destination", language, slug=old.destination.slug))
    found = page_of(row, language)
    context = {
        "page": found, "row": row, "facts": json_ld(found, whole("destination", language, slug=slug)),
        "list_href": address("destinations", language), "near": cards_of(found.near, language),
    }  # fmt: skip
    return show(
        request, "portal/destination.html", context, language=language, name="destination", languages=found.languages,
        about=row.code, slug=slug,
    )  # fmt: skip


def json_ld(page: Page, url: str) -> list[dict[str, Any]]:
    """What a search engine is told, by schema.org: a TouristAttraction and its breadcrumbs. What is unknown is left out."""
    row, texts = page.destination, page.texts
    place: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "TouristAttraction", "name": texts["name"].text,
        "description": texts["summary"].text, "url": url, "inLanguage": texts["description"].language,
        "address": {"@type": "PostalAddress", "addressRegion": str(row.region), "addressCountry": "ID"},
    }  # fmt: skip
    if row.address:
        place["address"]["streetAddress"] = row.address
    if row.has_point:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": row.latitude, "longitude": row.longitude}
    if row.is_free is not None:
        place["isAccessibleForFree"] = row.is_free
    if row.phone:
        place["telephone"] = row.phone
    if row.website:
        place["sameAs"] = row.website
    amenities = [*page.for_disabled, *page.facilities]
    if amenities:
        place["amenityFeature"] = [
            {"@type": "LocationFeatureSpecification", "name": str(each), "value": True} for each in amenities
        ]
    trail = breadcrumbs([(_("Destinations"), whole("destinations", ORIGINAL)), (texts["name"].text, url)])
    return [place, trail]

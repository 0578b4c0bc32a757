"""An agency as visitors read it: what it holds, keeps, tells and counts. One that shows nothing has no page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.pages import faces_of, shown_editions
from enggang.indicators.models import Indicator
from enggang.innovation.models import Innovation
from enggang.innovation.queries.innovations import public_innovations
from enggang.media.queries.gallery import public_collections
from enggang.places.models import Organisation
from enggang.places.models.organisation import OrganisationQuerySet
from enggang.portal.linked import CONTEXT, breadcrumbs
from enggang.portal.pages import public_page, show, whole
from enggang.portal.queries.agenda import EARLIEST_FIRST
from enggang.stories.models import Destination, Story
from enggang.stories.queries.destinations import cards_of
from enggang.stories.queries.stories import story_cards

MOST, MORE = 6, 12  # of each kind on the page of an agency


def shown_agencies() -> OrganisationQuerySet:
    """Those that somebody can read something of."""
    owners = (
        shown_editions().order_by().values("event__organisation"), Destination.objects.published().order_by().values("organisation"),
        Story.objects.published().order_by().values("organisation"), Indicator.objects.published().order_by().values("organisation"),
        public_collections().order_by().values("organisation"),
        Innovation.objects.published().order_by().values("organisation"),
    )  # fmt: skip
    asked = Q(pk__in=[])
    for rows in owners:
        asked |= Q(pk__in=rows)
    return Organisation.objects.filter(asked).select_related("subject", "region").defer("region__outline")


@public_page
def agency_list(request: HttpRequest, language: str) -> HttpResponse:
    rows = list(shown_agencies().order_by("name_key", "pk"))
    return show(request, "portal/agencies.html", {"rows": rows}, language=language, name="agencies")


@public_page
def agency(request: HttpRequest, language: str, code: str) -> HttpResponse:
    row = get_object_or_404(shown_agencies(), subject__code=code)
    context = {
        **_shown(row, language),
        "row": row,
        "facts": _facts(row, whole("agency", language, code=code), language),
    }
    if not any(
        context[name]
        for name in ("faces", "past", "cards", "stories", "innovations", "collections", "indicators", "releases")
    ):
        raise Http404
    return show(request, "portal/agency.html", context, language=language, name="agency", about=code, code=code)


def _shown(row: Organisation, language: str) -> dict[str, Any]:
    editions = shown_editions().filter(event__organisation=row)
    stories = Story.objects.filter(organisation=row)
    collections = list(public_collections().filter(organisation=row)[:MOST])
    return {
        "faces": _faces(editions.filter(ends_on__gte=clock.today()).order_by(*EARLIEST_FIRST, "pk"), language),
        "past": _faces(editions.filter(ends_on__lt=clock.today()).order_by("-starts_on", "pk"), language),
        "cards": cards_of(list(Destination.objects.published().with_names().filter(organisation=row)[:MORE]), language),
        "stories": story_cards(list(stories.published().with_names()[:MOST]), language),
        "releases": story_cards(list(stories.press().with_names()[:MOST]), language),
        "innovations": list(public_innovations().filter(organisation=row)[:MOST]),
        "collections": [(each, each.text_in(language)) for each in collections],
        "indicators": list(Indicator.objects.published().with_names().filter(organisation=row)[:MORE]),
    }  # fmt: skip


def _faces(rows: EditionQuerySet, language: str) -> list[Any]:
    return faces_of(list(rows.with_names()[:MOST]), language)


def _facts(row: Organisation, url: str, language: str) -> list[dict[str, Any]]:
    facts: dict[str, Any] = {"@context": CONTEXT, "@type": "GovernmentOrganization", "name": row.name, "url": url}
    if row.short_name and row.short_name != row.name:
        facts["alternateName"] = row.short_name
    if row.region:
        facts["areaServed"] = {"@type": "AdministrativeArea", "name": str(row.region)}
    return [facts, breadcrumbs([(_("Agencies"), whole("agencies", language)), (row.name, url)])]

"""The map of the province for visitors: how much there is in each regency, and what stands where to the metre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from enggang.core.paging import COUNTED
from enggang.core.wordings import Text, text_in, wordings_of
from enggang.events.models import Edition, Site
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.pages import slug_of
from enggang.places.enums import RegionLevel
from enggang.places.models import Region
from enggang.places.queries.regions import Map, map_of
from enggang.portal.caching import looked_up
from enggang.portal.languages import address
from enggang.stories.models.destination import DestinationQuerySet

DOTS = 300


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Dot:
    """Something whose place is known to the metre."""

    name: Text
    href: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RegionMap:
    map: Map
    places: list[Place]
    dots: list[Dot]


Known = tuple[Any, Any, Text, str]  # longitude, latitude, name, address


def map_of_events(rows: EditionQuerySet, language: str) -> RegionMap | None:
    """Of the first ``COUNTED`` editions, as the list below. None without outlines."""
    first = Edition.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:COUNTED]))
    counted = first.order_by().values_list("event__region").annotate(count=Count("pk"))
    return _map_of(counted, _event_points(first, language))


def map_of_destinations(rows: DestinationQuerySet, language: str) -> RegionMap | None:
    return _map_of(
        rows.order_by().values_list("region").annotate(count=Count("pk")), _destination_points(rows, language)
    )


def _map_of(counted: Iterable[tuple[str, int]], points: Iterable[Known]) -> RegionMap | None:
    drawn = _province()
    if drawn is None:
        return None
    counts: Counter[str] = Counter()
    for code, count in counted:
        counts[code[:5]] += count
    places = [Place(shape.code, shape.name, shape.path, counts[shape.code]) for shape in drawn.shapes]
    return RegionMap(drawn, places, [dot for dot in (_dot(drawn, *known) for known in points) if dot])


def _province() -> Map | None:
    """As drawn some seconds ago, unless something has changed since: outlines are the dearest part of a page."""
    return looked_up("map", _drawn)


def _drawn() -> Map | None:
    """The first province with outlines."""
    rows = Region.objects.filter(level=RegionLevel.PROVINCE, children__outline__isnull=False)
    province = rows.distinct().order_by("code").first()
    return map_of(province) if province else None


def _dot(drawn: Map, longitude: Any, latitude: Any, name: Text, href: str) -> Dot | None:
    x, y = drawn.frame.place((float(longitude), float(latitude)))
    inside = 0 <= x <= drawn.frame.width and 0 <= y <= drawn.frame.height
    return Dot(name, href, round(x, 1), round(y, 1)) if inside else None


def _event_points(rows: EditionQuerySet, language: str) -> list[Known]:
    """One for each edition: its first site that has a point."""
    sites = Site.objects.filter(edition__in=rows, latitude__isnull=False).select_related("edition__event__subject")
    by_edition = {site.edition_id: site for site in reversed(sites.order_by("position", "pk")[:DOTS])}
    known = wordings_of([site.edition.event.subject for site in by_edition.values()], language)
    return [
        (site.longitude, site.latitude, text_in(known.get(event.subject_id, {}), "name", event.name),
         address("event", language, slug=slug_of(event)))
        for site in by_edition.values() for event in [site.edition.event]
    ]  # fmt: skip


def _destination_points(rows: DestinationQuerySet, language: str) -> list[Known]:
    found = list(rows.filter(latitude__isnull=False).select_related("subject").defer("region__outline")[:DOTS])
    known = wordings_of([row.subject for row in found], language)
    return [
        (row.longitude, row.latitude, text_in(known.get(row.subject_id, {}), "name", row.name),
         address("destination", language, slug=row.slug))
        for row in found
    ]  # fmt: skip

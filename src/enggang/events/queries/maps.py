"""Places on the drawn map of the province."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enggang.events.models import Site
from enggang.places.models import Region
from enggang.places.queries.regions import Map, map_of


@dataclass(frozen=True, slots=True)
class Dot:
    number: int
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class SiteMap:
    map: Map
    dots: list[Dot]


def site_map(region: Region, sites: Iterable[Site]) -> SiteMap | None:
    """The regencies of the province with the sites that have a point within the frame; None without outlines."""
    drawn = map_of(region)
    if drawn is None:
        return None
    dots = []
    for number, site in enumerate(sites, 1):
        if site.latitude is None or site.longitude is None:
            continue
        x, y = drawn.frame.place((float(site.longitude), float(site.latitude)))
        if 0 <= x <= drawn.frame.width and 0 <= y <= drawn.frame.height:
            dots.append(Dot(number, site.name, round(x, 1), round(y, 1)))
    return SiteMap(drawn, dots)

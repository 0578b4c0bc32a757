"""Regions as screens show them."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.places.models import Region
from enggang.places.outline import Frame, frame_of, svg_path


@dataclass(frozen=True, slots=True)
class Shape:
    code: str
    name: str
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Map:
    frame: Frame
    shapes: list[Shape]


def map_of(region: Region) -> Map | None:
    """The regencies of the region's province with the one it lies in marked; None when no outline is known."""
    province, regency = region.code[:2], region.code[:5]
    rows = list(Region.objects.filter(parent_id=province, outline__isnull=False))
    if not rows:
        return None
    frame = frame_of(row.outline for row in rows)
    return Map(frame, [Shape(row.code, row.name, svg_path(row.outline, frame), row.code == regency) for row in rows])


def above(region: Region) -> list[Region]:
    """From the province down to the region's parent."""
    parts = region.code.split(".")
    codes = [".".join(parts[:count]) for count in range(1, len(parts))]
    return list(Region.objects.filter(code__in=codes).defer("outline"))

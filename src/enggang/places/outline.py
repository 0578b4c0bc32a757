"""Outlines of regions as SVG paths: an orientation map, drawn on the server, no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Any

WIDTH = 600.0
Point = tuple[float, float]  # longitude, latitude in degrees (WGS 84)
Geometry = dict[str, Any]  # GeoJSON Polygon or MultiPolygon


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the earth that a map shows, and its size in drawing units."""

    west: float
    north: float
    scale_x: float  # units per degree of longitude
    scale_y: float  # units per degree of latitude
    width: float
    height: float

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width:.0f} {self.height:.0f}"

    def place(self, point: Point) -> tuple[float, float]:
        longitude, latitude = point[0], point[1]
        return (longitude - self.west) * self.scale_x, (self.north - latitude) * self.scale_y


def frame_of(geometries: Iterable[Geometry], *, width: float = WIDTH, margin: float = 0.02) -> Frame:
    """The smallest frame around all ``geometries`` with a margin (a share of the width).

    Equirectangular, true to scale at the middle latitude. Raises ValueError when there is no point at all.
    """
    points = [point for geometry in geometries for ring in rings(geometry) for point in ring]
    if not points:
        raise ValueError("no outline to draw")
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    pad = max(east - west, north - south, 0.01) * margin
    scale_x = width / (east - west + 2 * pad)
    scale_y = scale_x / max(0.05, cos(radians((north + south) / 2)))
    height = (north - south + 2 * pad) * scale_y
    return Frame(west - pad, north + pad, scale_x, scale_y, width, height)


def svg_path(geometry: Geometry, frame: Frame) -> str:
    """The ``d`` of one SVG path for a Polygon or MultiPolygon; points that fall together are drawn once."""
    return "".join(_ring_path(ring, frame) for ring in rings(geometry))


def rings(geometry: Geometry) -> Iterator[list[Point]]:
    """Every ring of a Polygon or MultiPolygon, holes included."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _ring_path(ring: list[Point], frame: Frame) -> str:
    placed = [f"{x:.1f} {y:.1f}" for x, y in map(frame.place, ring)]
    drawn = [text for place, text in enumerate(placed) if place == 0 or text != placed[place - 1]]
    return f"M{'L'.join(drawn)}Z" if len(drawn) > 2 else ""

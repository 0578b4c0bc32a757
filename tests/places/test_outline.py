from __future__ import annotations

import json
import re

import pytest

from enggang.places.domain.reference import DATA
from enggang.places.outline import frame_of, svg_path

SQUARE = {"type": "Polygon", "coordinates": [[[109.0, 0.0], [110.0, 0.0], [110.0, 1.0], [109.0, 1.0], [109.0, 0.0]]]}


def test_a_degree_is_as_high_as_wide_at_the_equator_and_north_is_up() -> None:
    frame = frame_of([SQUARE], width=100, margin=0)
    assert (round(frame.width), round(frame.height)) == (100, 100)
    assert frame.place((109.0, 1.0)) == (0.0, 0.0)
    assert svg_path(SQUARE, frame) == "M0.0 100.0L100.0 100.0L100.0 0.0L0.0 0.0L0.0 100.0Z"


def test_points_that_fall_together_are_drawn_once_and_specks_not_at_all() -> None:
    speck = {"type": "Polygon", "coordinates": [[[109.5, 0.5], [109.5000001, 0.5], [109.5, 0.5]]]}
    assert svg_path(speck, frame_of([SQUARE])) == ""


def test_every_part_and_hole_is_drawn() -> None:
    both = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], SQUARE["coordinates"]]}
    assert svg_path(both, frame_of([both])).count("M") == 2


def test_without_a_point_there_is_no_frame() -> None:
    with pytest.raises(ValueError, match="no outline"):
        frame_of([])


def test_the_shipped_outlines_become_small_valid_paths_inside_the_frame() -> None:
    shapes = [each["geometry"] for each in json.loads((DATA / "kalbar_regencies.geojson").read_text())["features"]]
    frame = frame_of(shapes)
    paths = [svg_path(shape, frame) for shape in shapes]
    assert len(paths) == 14
    assert all(re.fullmatch(r"(M[\d.]+ [\d.]+(L[\d.]+ [\d.]+)+Z)+", path) for path in paths)
    assert sum(map(len, paths)) < 30_000

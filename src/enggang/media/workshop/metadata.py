"""What the camera wrote: when, where, with what. Only these few facts are taken; the rest is never looked at."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import exifread
from exifread.utils import get_gps_coords

from enggang.media.workshop.exiftool import Exiftool, find_exiftool

MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
ZONE = re.compile(r"[+-]\d\d:\d\d")
TAGS = (
    "DateTimeOriginal",
    "CreateDate",
    "OffsetTimeOriginal",
    "OffsetTime",
    "Make",
    "Model",
    "GPSLatitude",
    "GPSLongitude",
)


def read_metadata(source: str) -> dict[str, Any]:
    """``taken`` as the camera's own clock showed it ("2026-05-01T10:20:30"), ``zone`` empty where it told none."""
    try:
        tool = _exiftool()
        return _by_exiftool(tool, source) if tool else _by_exifread(source)
    except Exception:  # noqa: BLE001 -- damaged metadata is as good as none: the picture itself was read
        return _facts({}, None)


@lru_cache(maxsize=1)
def _exiftool() -> Exiftool | None:
    return find_exiftool()


def _by_exiftool(tool: Exiftool, source: str) -> dict[str, Any]:
    found = tool.read(source, TAGS)
    moment = found.get("DateTimeOriginal") or found.get("CreateDate")
    zone = found.get("OffsetTimeOriginal") or found.get("OffsetTime")
    place = (found["GPSLatitude"], found["GPSLongitude"]) if {"GPSLatitude", "GPSLongitude"} <= set(found) else None
    return _facts({"taken": moment, "zone": zone, "make": found.get("Make"), "model": found.get("Model")}, place)


def _by_exifread(source: str) -> dict[str, Any]:
    with open(source, "rb") as handle:  # noqa: PTH123 -- the library wants an open file
        tags = exifread.process_file(handle, details=False)
    said = {
        "taken": tags.get("EXIF DateTimeOriginal") or tags.get("EXIF DateTimeDigitized"),
        "zone": tags.get("EXIF OffsetTimeOriginal") or tags.get("EXIF OffsetTime"),
        "make": tags.get("Image Make"), "model": tags.get("Image Model"),
    }  # fmt: skip
    return _facts(said, get_gps_coords(tags))


def _facts(said: dict[str, Any], place: Any) -> dict[str, Any]:
    words = {key: str(value).strip() for key, value in said.items() if value is not None}
    moment, zone = MOMENT.match(words.get("taken", "")), words.get("zone", "")
    make, model = words.get("make", ""), words.get("model", "")
    camera = model if model.lower().startswith(make.lower().split(" ")[0]) else f"{make} {model}".strip()
    return {
        "taken": "{}-{}-{}T{}:{}:{}".format(*moment.groups()) if moment else "",
        "zone": zone if ZONE.fullmatch(zone) else "",
        "camera": camera[:120],
        "place": _place(place),
    }


def _place(found: Any) -> list[float] | None:
    """Latitude and longitude; a receiver without a fix writes zeros."""
    if not found:
        return None
    latitude, longitude = float(found[0]), float(found[1])
    good = -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)
    return [round(latitude, 6), round(longitude, 6)] if good else None

"""Pictures of iPhones: the imaging library is built without their patented codec, so another one decodes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pillow_heif
import pyvips

from enggang.media.workshop.words import Unreadable, Why

BANDS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}


def read_heic(source: str, bounds: Callable[[int, int], None]) -> tuple[Any, int, int]:
    """The picture upright (the container says how it is turned), its width and height."""
    try:
        found = pillow_heif.open_heif(source, convert_hdr_to_8bit=True)
    except (ValueError, SyntaxError, OSError) as error:
        raise Unreadable(Why.DAMAGED, str(error)) from error
    width, height = found.size
    bounds(width, height)
    plain = found.to_pillow()
    if plain.mode not in BANDS:
        plain = plain.convert("RGB")
    image = pyvips.Image.new_from_memory(plain.tobytes(), plain.width, plain.height, BANDS[plain.mode], "uchar")
    image = image.copy(interpretation="srgb" if image.bands > 2 else "b-w")
    if profile := found.info.get("icc_profile"):
        image = image.copy()
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image, plain.width, plain.height

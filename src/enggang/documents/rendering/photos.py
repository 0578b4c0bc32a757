"""Photos for a report: tried out before they are kept, and printed without what the camera wrote into them."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.documents.rendering.pictures import can_be_drawn, kind_of

LARGEST = 4 * 1024 * 1024  # bytes
WIDEST = 6000  # pixels, either way
_EXIF, _COMMENT, _SCAN = 0xE1, 0xFE, 0xDA  # markers of JPEG segments


def check_photo(content: bytes) -> None:
    """Raises Conflict, with what to do, for anything that cannot be printed."""
    kind = kind_of(content)
    if kind is None:
        raise Conflict(_("The photo must be a PNG or JPEG picture."))
    if len(content) > LARGEST:
        raise Conflict(_("The photo is larger than 4 MB. Save it smaller, then try again."))
    if not can_be_drawn(content, kind, WIDEST):
        raise Conflict(_("This photo cannot be printed: it is damaged, or larger than 6000 × 6000 pixels."))


def without_metadata(content: bytes) -> bytes:
    """A JPEG without the segments that hold place, device and owner (APP1) and comments; the picture itself is untouched."""
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, place = [content[:2]], 2
    while place + 4 <= len(content) and content[place] == 0xFF and content[place + 1] != _SCAN:
        length = 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if content[place + 1] not in {_EXIF, _COMMENT}:
            kept.append(content[place : place + length])
        place += length
    return b"".join([*kept, content[place:]])


def turned_by(content: bytes) -> int:
    """By how many degrees clockwise the camera says the picture must be turned (EXIF orientation 3, 6, 8), else 0."""
    place = 2
    while content.startswith(b"\xff\xd8") and place + 4 <= len(content) and content[place] == 0xFF:
        length = 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        segment = content[place + 4 : place + length]
        if content[place + 1] == _EXIF and segment.startswith(b"Exif\0\0"):
            return {3: 180, 6: 90, 8: 270}.get(_orientation(segment[6:]), 0)
        if content[place + 1] == _SCAN:
            break
        place += length
    return 0


def _orientation(tiff: bytes) -> int:
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    table = number(4, 4)
    for entry in range(table + 2, table + 2 + 12 * min(number(table, 2), 200), 12):
        if number(entry, 2) == 0x0112:
            return number(entry + 8, 2)
    return 1

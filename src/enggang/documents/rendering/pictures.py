"""Which pictures may stand on a paper: PNG and JPEG of a sensible size, tried out before they are kept."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from docx.image.image import Image

from enggang.core.acts import Conflict
from enggang.documents.rendering.compiler import template

LARGEST = 1024 * 1024  # bytes
WIDEST = 3000  # pixels, either way
_DAY = date(2000, 1, 1)
_KINDS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def picture_kind(content: bytes) -> str:
    """``png`` or ``jpg``. Raises Conflict, with what to do, for anything that cannot be printed."""
    kind = kind_of(content)
    if kind is None:
        raise Conflict(_("The emblem must be a PNG or JPEG picture."))
    if len(content) > LARGEST:
        raise Conflict(_("The emblem is larger than 1 MB. Save it smaller, then try again."))
    if not can_be_drawn(content, kind, WIDEST):
        raise Conflict(_("This picture cannot be printed: it is damaged, or larger than 3000 × 3000 pixels."))
    return kind


def kind_of(content: bytes) -> str | None:
    return next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)


def can_be_drawn(content: bytes, kind: str, widest: int) -> bool:
    try:
        size: Any = Image.from_blob(content)
        if not (0 < size.px_width <= widest and 0 < size.px_height <= widest):
            return False
        template("picture/1").draw({"bytes": list(content), "format": kind}, _DAY)
    except Exception:  # noqa: BLE001 -- whatever a damaged picture breaks in two foreign parsers, the answer is the same
        return False
    return True


def as_svg(content: bytes, turned: int = 0) -> bytes:
    """The picture inside an SVG: the virtual folder of the typesetter takes texts only. ``turned``: degrees clockwise."""
    size: Any = Image.from_blob(content)
    width, height, kind = size.px_width, size.px_height, "png" if content.startswith(b"\x89PNG") else "jpeg"
    data = b64encode(content).decode()
    box = f"{height} {width}" if turned in {90, 270} else f"{width} {height}"
    moved = {90: f"translate({height} 0) rotate(90)", 180: f"translate({width} {height}) rotate(180)",
             270: f"translate(0 {width}) rotate(270)"}.get(turned, "")  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {box}">'
        f'<image width="{width}" height="{height}"{f" transform={chr(34)}{moved}{chr(34)}" if moved else ""} '
        f'xlink:href="data:image/{kind};base64,{data}"/></svg>'
    ).encode()

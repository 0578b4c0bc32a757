"""What a story is made of, as plain data: read strictly when it is written, so that a page can trust what it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import codes
from enggang.core.acts import Conflict
from enggang.stories.enums import WITH_TEXT, WITH_WORKS, BlockKind

MOST, LONGEST, MOST_WORKS = 60, 6_000, 12
CODE = re.compile(r"[0-9A-Z]{8,16}")
Block = dict[str, Any]  # id, kind, and of text, by, works, about, latitude, longitude what its kind has


def read_blocks(given: Iterable[Mapping[str, Any]]) -> list[Block]:
    """The blocks as they are stored, each with an id of its own that translations hang on. Raises Conflict with the reason.

    ``works`` and ``about`` may be codes or addresses that end with one.
    """
    blocks = [_read(number, row) for number, row in enumerate(given, 1)]
    if len(blocks) > MOST:
        raise Conflict(_("A story has at most %(most)s parts.") % {"most": MOST})
    ids = [block["id"] for block in blocks]
    if len(set(ids)) != len(ids):
        raise Conflict(_("Two parts have the same number. Reload the page, then write again."))
    return blocks


def _read(number: int, row: Mapping[str, Any]) -> Block:
    kind = str(row.get("kind") or "")
    if kind not in BlockKind.values:
        raise Conflict(_("Part %(number)s: choose what it is.") % {"number": number})
    text = str(row.get("text") or "").replace("\x00", "").strip()
    if len(text) > LONGEST:
        raise Conflict(_("Part %(number)s: the text is too long.") % {"number": number})
    block: Block = {"id": _id(row.get("id")), "kind": kind, "text": text}
    if kind in WITH_TEXT and not text:
        raise Conflict(_("Part %(number)s: write its text.") % {"number": number})
    if kind == BlockKind.QUOTE:
        block["by"] = str(row.get("by") or "").replace("\x00", "").strip()[:160]
    elif kind in WITH_WORKS:
        block["works"] = _works(number, kind, str(row.get("what") or ""))
    elif kind in {BlockKind.EVENT, BlockKind.DESTINATION}:
        block["about"] = _about(number, str(row.get("what") or ""))
    elif kind == BlockKind.MAP:
        block |= _point(number, row)
    return block


def _id(given: Any) -> str:
    text = str(given or "")
    return text if CODE.fullmatch(text) else codes.random_code(8)


def codes_in(text: str) -> list[str]:
    """Codes, or addresses that hold one: the last of each."""
    found = [CODE.findall(part) for part in text.replace(",", " ").split()]
    return [each[-1] for each in found if each]


def _works(number: int, kind: str, text: str) -> list[str]:
    found = list(dict.fromkeys(codes_in(text)))
    if not found:
        raise Conflict(
            _("Part %(number)s: give the code or the address of a work in the gallery.") % {"number": number}
        )
    if kind != BlockKind.GALLERY:
        return found[:1]
    if len(found) > MOST_WORKS:
        raise Conflict(_("Part %(number)s: at most %(most)s photos.") % {"number": number, "most": MOST_WORKS})
    return found


def _about(number: int, text: str) -> str:
    """The code of an event, or the last word of the address of a destination."""
    found = codes_in(text)
    last = found[-1] if found else text.strip().strip("/").rpartition("/")[2][:80]
    if not re.fullmatch(r"[-\w]+", last):
        raise Conflict(_("Part %(number)s: give the address of its page.") % {"number": number})
    return last


def _point(number: int, row: Mapping[str, Any]) -> Block:
    try:
        latitude, longitude = (float(str(row.get(name) or "x").replace(",", ".")) for name in ("latitude", "longitude"))
    except ValueError:
        latitude = longitude = float("nan")
    if not (isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise Conflict(_("Part %(number)s: give latitude and longitude as numbers.") % {"number": number})
    return {"latitude": latitude, "longitude": longitude}


def field_of(block: Mapping[str, Any]) -> str:
    """Under which name a translation of its text is kept."""
    return f"block-{block['id']}"

"""Whether a file that came back signed still says what it said: portals stamp pages and write whole files anew."""

from __future__ import annotations

import difflib
import hashlib
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from enggang.core.acts import Conflict
from enggang.documents.enums import SAME_WORDS

SIGNATURES = {"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Metadata"}  # what signing writes into the catalogue
MOST = 30  # differences shown; more say the same: another paper


def differences(original: bytes, signed: bytes) -> list[str]:
    """What the signed file says otherwise, a line each in the manner of ``diff``; empty when only signatures came to it.

    A file that begins with the original can still show another page, since what is appended may replace it: all that a
    reader reaches is compared. Pages that differ are told by their text: what a stamp prints is an added line.
    """
    try:
        if signed.startswith(original) and _content(original) == _content(signed):
            return []
        before, after = _pages(original), _pages(signed)
    except Exception as error:
        raise Conflict(_("This PDF cannot be read to the end, so it cannot be compared with the paper.")) from error
    found = [f"± {len(before)} → {len(after)} hlm."] if len(before) != len(after) else []
    for number, (old, new) in enumerate(zip(before, after, strict=False), 1):
        changed = [line for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[:1] in "-+"]
        found += [f"{number}: {line}" for line in changed if line.strip() not in {"---", "+++"}]
    return found[:MOST] or [SAME_WORDS]


def _content(pdf: bytes) -> bytes:
    """A hash of everything that a reader reaches from the catalogue, but for signatures and what proves them."""
    digest, seen = hashlib.sha256(), set[int]()
    catalogue = PdfReader(BytesIO(pdf)).root_object
    waiting: list[Any] = [DictionaryObject({key: value for key, value in catalogue.items() if key not in SIGNATURES})]
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            digest.update(b"%d R " % each.idnum)
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
        waiting += _parts(each, digest)
    return digest.digest()


def _parts(each: Any, digest: hashlib._Hash) -> list[Any]:
    """Take one object into the hash; answers what it holds and is still to be taken."""
    if isinstance(each, ArrayObject):
        digest.update(b"[%d " % len(each))
        return list(each)
    if not isinstance(each, DictionaryObject):
        digest.update(repr(each).encode())
        return []
    if isinstance(each, StreamObject):
        digest.update(each._data)
    held: list[Any] = []
    for key in sorted(each):
        value = each.raw_get(key)
        if key == "/Annots":
            value = ArrayObject(note for note in value.get_object() if not _is_unseen(note.get_object()))
        if key != "/Annots" or value:
            digest.update(key.encode())
            held.append(value)
    return held


def _is_unseen(note: Any) -> bool:
    """A form field without a place on the page, as an invisible signature is."""
    return note.get("/Subtype") == "/Widget" and not any(float(each) for each in note.get("/Rect", [1]))


def _pages(pdf: bytes) -> list[list[str]]:
    return [
        [" ".join(line.split()) for line in page.extract_text().splitlines() if line.strip()]
        for page in PdfReader(BytesIO(pdf)).pages
    ]

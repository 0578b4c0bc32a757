"""Handing out stored bytes as a download, in parts when the browser asks for parts (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from enggang.files.domain.storing import Damaged, read_bytes
from enggang.files.enums import ScanState
from enggang.files.models import StoredFile

WHOLE_UP_TO = 8 * 1024 * 1024  # smaller ones are read at once and checked against their SHA-256
BLOCK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def send_file(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """Always a download, never shown inside the product's pages. Raises Refused or Damaged."""
    tag = f'"{stored.sha256}"'
    if stored.size > WHOLE_UP_TO and (elsewhere := _elsewhere(stored)):
        return elsewhere
    if stored.size <= WHOLE_UP_TO and "Range" not in request.headers:
        response: HttpResponseBase = HttpResponse(read_bytes(stored), content_type="application/octet-stream")
    else:
        _check(stored)
        response = stream(request, stored.content, size=stored.size, tag=tag, media_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"  # should a browser show it after all
    response["Accept-Ranges"], response["ETag"] = "bytes", tag
    return response


def _elsewhere(stored: StoredFile) -> HttpResponseBase | None:
    """On to the object store, by an address good for a minute, where browsers reach it."""
    sign = getattr(default_storage, "signed_download", None)
    if sign is None:
        return None
    _check(stored)
    address = sign(str(stored.content.name), stored.name)
    if not address:
        return None
    response = HttpResponseRedirect(address)
    response["Cache-Control"], response["Referrer-Policy"] = "private, no-store", "no-referrer"
    return response


def _check(stored: StoredFile) -> None:
    """The whole hash would read it twice: here the size must do; the nightly invariant and small files see more."""
    if stored.erased_at or stored.scan_state == ScanState.INFECTED:
        read_bytes(stored)  # which says why not
    try:
        whole = stored.content.size == stored.size
    except OSError:
        whole = False
    if not whole:
        raise Damaged(
            _("The stored file is damaged or missing, so it is not handed out. Please tell the administrator.")
        )


def _part_of(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole file, also for what is not understood."""
    found = RANGE.fullmatch(request.headers.get("Range", "").strip())
    newer = request.headers.get("If-Range", tag) != tag
    if not found or newer or not (found[1] or found[2]):
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size
    return int(found[1]), min(int(found[2]) + 1 if found[2] else size, size)


def stream(request: HttpRequest, content: FieldFile, *, size: int, tag: str, media_type: str) -> HttpResponseBase:
    """The bytes of a kept file, or the part of them that was asked for; the caller has made sure that they are there."""
    wanted = _part_of(request, size, tag)
    first, end = wanted or (0, size)
    if wanted and first >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(
        blocks(content, first, end), status=206 if wanted else 200, content_type=media_type
    )  # fmt: skip
    response["Content-Length"] = str(end - first)
    if wanted:
        response["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    return response


def blocks(content: FieldFile, first: int, end: int) -> Iterator[bytes]:
    with content.storage.open(str(content.name), "rb") as handle:
        handle.seek(first)
        while first < end and (block := handle.read(min(BLOCK, end - first))):
            first += len(block)
            yield block

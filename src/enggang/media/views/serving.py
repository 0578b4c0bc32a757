"""Handing out renditions: only what was made here is ever shown inside a page, and never as anything but what it is."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse

from enggang.files.views.sending import BLOCK, RANGE
from enggang.media.models import Rendition

SECONDS = 60  # nothing that may be withdrawn lives longer in a cache


def answer_rendition(
    request: HttpRequest, row: Rendition, *, cache: str = f"private, max-age={SECONDS}"
) -> HttpResponseBase:
    """The bytes or a part of them, or that the browser has them already. The caller has asked who may."""
    tag = f'"{row.sha256}"'
    response = HttpResponseNotModified() if request.headers.get("If-None-Match") == tag else _bytes(request, row)
    response["ETag"], response["Cache-Control"], response["X-Content-Type-Options"] = tag, cache, "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Accept-Ranges"] = "bytes"
    return response


def _bytes(request: HttpRequest, row: Rendition) -> HttpResponseBase:
    first, end, status = _part(request, row.size)
    if first >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{row.size}"})
    try:
        handle = row.content.storage.open(str(row.content.name), "rb")
    except OSError:
        return HttpResponse(status=404)
    response = StreamingHttpResponse(_blocks(handle, first, end), status=status, content_type=row.media_type)
    response["Content-Length"] = str(end - first)
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{end - 1}/{row.size}"
    return response


def _part(request: HttpRequest, size: int) -> tuple[int, int, int]:
    """First byte, the one after the last, and the status; the whole for what is not understood (RFC 9110)."""
    found = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not found or not (found[1] or found[2]):
        return 0, size, 200
    if not found[1]:
        return max(0, size - int(found[2])), size, 206
    return int(found[1]), min(int(found[2]) + 1 if found[2] else size, size), 206


def _blocks(handle: object, first: int, end: int) -> Iterator[bytes]:
    with handle:  # type: ignore[attr-defined]
        handle.seek(first)  # type: ignore[attr-defined]
        while first < end and (block := handle.read(min(BLOCK, end - first))):  # type: ignore[attr-defined]
            first += len(block)
            yield block

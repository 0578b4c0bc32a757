"""Handing out renditions: only what was made here is ever shown inside a page, and never as anything but what it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified

from enggang.files.views.sending import stream
from enggang.media.models import Rendition

SECONDS = 60  # nothing that may be withdrawn lives longer in a cache


def answer_rendition(
    request: HttpRequest, row: Rendition, *, cache: str = f"private, max-age={SECONDS}"
) -> HttpResponseBase:
    """The bytes or a part of them, or that the browser has them already. The caller has asked who may."""
    tag = f'"{row.sha256}"'
    response = HttpResponseNotModified() if request.headers.get("If-None-Match") == tag else _bytes(request, row, tag)
    response["ETag"], response["Cache-Control"], response["X-Content-Type-Options"] = tag, cache, "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Accept-Ranges"] = "bytes"
    return response


def _bytes(request: HttpRequest, row: Rendition, tag: str) -> HttpResponseBase:
    try:
        row.content.size  # noqa: B018 -- asks the store whether the bytes are there
    except OSError:
        return HttpResponse(status=404)
    return stream(request, row.content, size=row.size, tag=tag, media_type=row.media_type)

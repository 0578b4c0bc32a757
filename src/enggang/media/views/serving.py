"""Handing out renditions: only what was made here is ever shown inside a page, and never as anything but what it is."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified

from enggang.media.models import Rendition

SECONDS = 60  # nothing that may be withdrawn lives longer in a cache


def answer_rendition(
    request: HttpRequest, row: Rendition, *, cache: str = f"private, max-age={SECONDS}"
) -> HttpResponseBase:
    """The bytes, or that the browser has them already. The caller has asked who may."""
    tag = f'"{row.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        try:
            response = FileResponse(row.content.open("rb"), content_type=row.media_type)
        except OSError:
            response = HttpResponse(status=404)
    response["ETag"], response["Cache-Control"], response["X-Content-Type-Options"] = tag, cache, "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

"""What holds for every request: refusals become pages, NUL never reaches the database, private pages are not kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.cache import add_never_cache_headers

from enggang.core.actor import actor_of
from enggang.core.acts import Conflict, NotAllowed, Refused

GetResponse = Callable[[HttpRequest], HttpResponse]
NUL = "\x00"


class NulMiddleware:
    """NUL goes out of all that was typed: no text has one, SQLite keeps it and PostgreSQL ends in a server error."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]) -> None:
        kwargs.update({name: value.replace(NUL, "") for name, value in kwargs.items() if isinstance(value, str)})
        request.GET = _without_nul(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _without_nul(data: QueryDict) -> QueryDict:
    if not any(NUL in text for name, values in data.lists() for text in (name, *values) if isinstance(text, str)):
        return data
    clean = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    clean._mutable = False
    return clean


class PackedPagesMiddleware(GZipMiddleware):
    """Forms and pages for whoever is not signed in travel compressed: they are read over a village's signal.

    The length of a page may tell of a secret in it (BREACH), so those of a session stay as they are, and Django adds a random length.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0]
        if kind != "text/html" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response
        packed: HttpResponseBase = super().process_response(request, response)
        return packed


class PrivatePagesMiddleware:
    """A page made for somebody who is signed in stays in no cache: after signing out, «back» shows nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked = getattr(request, "session", None) is not None and request.session.accessed
        if asked and not response.has_header("Cache-Control") and actor_of(request).is_signed_in:
            add_never_cache_headers(response)
        return response


class RefusalMiddleware:
    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)  # type: ignore[operator]
        return _told(request, response) if response.status_code == 405 and request.method == "GET" else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"message": exception.message}, status=403)
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"message": exception.message}, status=409)
        if isinstance(exception, Refused):
            return render(request, "409.html", {"message": exception.message}, status=400)
        return None


def _told(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """A reload of a page that a form had answered asks the form's own address: an empty page would say nothing."""
    page = render(request, "405.html", {"above": _above(request.path)}, status=405)
    page["Allow"] = refused["Allow"]
    return page


def _above(path: str) -> str:
    """The nearest address above that is somebody's page."""
    parts = path.strip("/").split("/")
    for count in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:count])}/"
        if is_valid_path(above):
            return above
    return ""

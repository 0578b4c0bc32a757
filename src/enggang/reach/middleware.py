"""Counts what visitors get, also what is answered from memory: stands before whatever answers."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from enggang.reach.counter import Reading, note_reading
from enggang.reach.enums import What

READ = (200, 304)
LANGUAGE = re.compile(r"^/(?:en|ms|zh)(?=/)")


class CountingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and response.status_code in READ:
            reading = getattr(response, "reading", None)
            if reading is not None:
                note_reading(request, LANGUAGE.sub("", request.path), reading)
        return response


def read_as(response: HttpResponse, about: str) -> HttpResponse:
    """For the public page of an app above that is made for each visitor: readers are counted under the noun ``about``."""
    if response.status_code in READ:
        response.reading = Reading(What.PAGE, about, response.get("Content-Language", "")[:2])  # type: ignore[attr-defined]
    return response

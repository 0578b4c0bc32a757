"""The service worker of pages that a phone keeps: each page registers it for itself alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def keeping_worker(request: HttpRequest, prefix: str, space: str, largest: int) -> HttpResponse:
    """The script, allowed to keep pages below the path ``space``; their cache is named ``prefix-<path>``.

    ``largest``: bytes above which one file is not kept.
    """
    facts = {"prefix": prefix, "largest": str(largest)}
    answer = render(request, "core/keeping_worker.js", facts, content_type="text/javascript")
    answer["Cache-Control"], answer["Service-Worker-Allowed"] = "no-cache", space
    return answer

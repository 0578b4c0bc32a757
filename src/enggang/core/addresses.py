"""Small help for lists of addresses."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern


def for_signed_in(*patterns: URLPattern) -> list[URLPattern]:
    """The same addresses; whoever is not signed in is sent to do so first, whether or not the page exists for them."""
    for pattern in patterns:
        pattern.callback = login_required(pattern.callback)
    return list(patterns)

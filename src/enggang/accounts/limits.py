"""Rate limits of our own pages, counted where allauth counts its own: in the cache that all web processes share."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def within_limit(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Count one more ``action`` (a name in ACCOUNT_RATE_LIMITS); False when there were too many. A GET is not counted."""
    return bool(ratelimit.consume(request, action=action, key=key))


def has_room(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Whether one more ``action`` would be within its limit, without counting one."""
    return bool(ratelimit.consume(request, action=action, key=key, dry_run=True))


def too_many(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = ratelimit.respond_429(request)
    return response

"""Rate limits of our own pages, counted where allauth counts its own: in the cache that all web processes share."""

from __future__ import annotations

import time

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import apply_rate, get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

ENGINE = "allauth.account"


def within_limit(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Count one more ``action`` (a name in ACCOUNT_RATE_LIMITS); False when there were too many. A GET is not counted."""
    return bool(ratelimit.consume(request, action=action, key=key))


def has_room(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Whether one more ``action`` would be within its limit, without counting one.

    Only read, never locked: a whole office behind one address registers in the same minute, and the engine's own
    dry run turns away whoever finds the lock taken for a second.
    """
    return all(
        apply_rate(
            cache.get(get_cache_key(request, app=ENGINE, action=action, rate=rate, key=key), []),
            time.time(),
            rate,
            dry_run=True,
        )[0]
        for rate in get_rates(app=ENGINE, action=action)
    )


def too_many(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = ratelimit.respond_429(request)
    return response

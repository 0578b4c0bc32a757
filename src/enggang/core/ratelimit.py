"""A plain limit on how often something may be tried from one place: fixed windows counted in the shared cache."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.acts import Refused


def limit(request: HttpRequest, what: str, *, times: int, seconds: int) -> None:
    """Count one try of ``what`` from the request's address; raise Refused past ``times`` in ``seconds``."""
    window = int(clock.now().timestamp()) // seconds
    source = hashlib.sha256(str(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()[:16]
    key = f"limit:{what}:{source}:{window}"
    cache.add(key, 0, timeout=seconds)
    if cache.incr(key) > times:
        raise Refused(_("Too many tries from here. Wait a few minutes, then try again."))

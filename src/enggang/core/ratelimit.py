"""A plain limit on how often something may be tried from one place: fixed windows counted in the shared cache."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.acts import Refused


def limit(request: HttpRequest, what: str, *, times: int, seconds: int) -> None:
    """Count one try of ``what`` from the request's address; raise Refused past ``times`` in ``seconds``.

    The address is the caller's own, also behind the proxy that HTTPS ends at: else all would share one count. Call it
    before the work it guards: after it, a right guess would be answered all the same.
    """
    window = int(clock.now().timestamp()) // seconds
    source = hashlib.sha256(get_adapter().get_client_ip(request).encode()).hexdigest()[:16]
    key = f"limit:{what}:{source}:{window}"
    if (
        not cache.add(key, 1, timeout=2 * seconds) and cache.incr(key) > times
    ):  # outlives its window: incr needs it there
        raise Refused(_("Too many tries from here. Wait a few minutes, then try again."))

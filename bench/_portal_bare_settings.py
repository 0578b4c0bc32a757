"""Settings of the rival of ``bench.portal``: nothing between the server and the view."""

from __future__ import annotations

from bench._portal_settings import *  # noqa: F403 -- the same templates and apps

MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware"
]  # its app starts with nothing less; it does next to nothing
ROOT_URLCONF = "bench._portal_bare"

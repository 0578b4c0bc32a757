"""Settings of the rival of ``bench.portal``: nothing between the server and the view."""

from __future__ import annotations

from bench._portal_settings import *  # noqa: F403 -- the same templates and apps

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench._portal_bare"

"""The product as it is, and beside it one address that inserts one row: the rival stands behind the same server."""

from enggang.config.settings import *  # noqa: F403 -- all of it

ROOT_URLCONF = "bench._checkin_urls"

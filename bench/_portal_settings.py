"""The product's own settings; static files are named as they are once collected, and not collected."""

from __future__ import annotations

from enggang.config.settings import *  # noqa: F403 -- all of it is the point
from enggang.config.settings import STORAGES as OWN

ALLOWED_HOSTS = ["127.0.0.1"]
STORAGES = {**OWN, "staticfiles": {"BACKEND": "enggang.core.joined.JoinedNames"}}

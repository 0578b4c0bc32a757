"""The product's own settings; static files are named, not collected."""

from __future__ import annotations

from enggang.config.settings import *  # noqa: F403 -- all of it is the point

ALLOWED_HOSTS = ["127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "enggang.core.joined.JoinedNames"},
}

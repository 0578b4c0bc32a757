"""As in Indonesian, so that days and hours read alike in both languages."""

from __future__ import annotations

from enggang.config.formats.id.formats import *  # noqa: F403 -- all of it is the point

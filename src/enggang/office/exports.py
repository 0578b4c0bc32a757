"""Background work as a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

JOBS = Sheet("jobs", _("Background work"), (
    Column("work", _("Work"), str),
    Column("state", _("State"), "get_state_display"),
    Column("started", _("Started"), "created_at"),
    Column("tries", _("Tries"), "attempts"),
))  # fmt: skip

"""Lists of innovation as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

STEPS = Sheet("steps", _("Decisions"), (
    Column("was", _("From"), "get_was_display"),
    Column("now", _("To"), "get_now_display"),
    Column("on", _("Decided on"), "decided_on"),
    Column("due", _("Due on"), "due_on"),
    Column("decider", _("Decided by"), "decider"),
    Column("reason", _("Reason"), "reason"),
    Column("missing", _("Not seen to"), "missing"),
))  # fmt: skip

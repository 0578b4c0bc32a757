"""One's own messages as a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

INBOX = Sheet("inbox", _("Messages"), (
    Column("at", _("When"), "created_at"),
    Column("title", _("Title"), "title"),
    Column("text", _("Message"), "text"),
    Column("read", _("Read"), "read_at"),
))  # fmt: skip

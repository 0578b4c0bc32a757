"""The tree of organisations as a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

ORGANISATIONS = Sheet("organisations", _("Organisations"), (
    Column("name", _("Name"), "name"),
    Column("short_name", _("Short name"), "short_name"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("parent", _("Below"), "parent.name"),
    Column("region", _("Region"), "region"),
))  # fmt: skip

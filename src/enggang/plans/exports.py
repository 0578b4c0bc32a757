"""The lists of plans as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

HOLIDAYS = Sheet("holidays", _("Holidays"), (
    Column("day", _("Day"), "day"),
    Column("name", _("Name"), "name"),
    Column("name_en", _("Name in English"), "name_en"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("region", _("Region"), lambda row: row.region or ""),
    Column("list", _("List"), "list.name"),
    Column("number", _("Number of the decree"), "list.number"),
    Column("known", _("Known from"), "valid_from"),
    Column("source", _("Source"), "list.source"),
    Column("doubt", _("Certainty"), "list.doubt"),
))  # fmt: skip
LISTS = Sheet("lists", _("Holiday lists"), (
    Column("year", _("Year"), "year"),
    Column("name", _("Name"), "name"),
    Column("number", _("Number of the decree"), "number"),
    Column("decreed", _("Decreed on"), "decreed_on"),
    Column("known", _("Known from"), "valid_from"),
    Column("state", _("State"), "get_state_display"),
    Column("source", _("Source"), "source"),
    Column("doubt", _("Certainty"), "doubt"),
    Column("whose", _("Whose"), lambda row: row.organisation or _("Shipped")),
))  # fmt: skip

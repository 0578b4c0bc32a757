"""The lists of the media library as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enggang.core.exports import Column, Sheet

ASSETS = Sheet("assets", _("Media library"), (
    Column("title", _("Title"), "title"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("state", _("State"), "get_state_display"),
    Column("author", _("Author"), "shown_author"),
    Column("taken", pgettext_lazy("photo", "Taken"), "taken_at"),
    Column("place", _("Place"), lambda row: row.venue or row.region or ""),
    Column("width", _("Width"), "width"),
    Column("height", _("Height"), "height"),
    Column("brought", _("Brought"), "brought_at"),
    Column("code", _("Code"), "code"),
))  # fmt: skip
DELIVERIES = Sheet("deliveries", _("My photos and videos"), (
    Column("name", _("File"), "name"),
    Column("state", _("State"), "get_state_display"),
    Column("refusal", _("Why not"), "why"),
    Column("asset", _("Photo or video"), lambda row: row.asset or ""),
    Column("at", _("Brought"), "at"),
))  # fmt: skip
INTAKES = Sheet("intakes", _("Private addresses for photos"), (
    Column("name", _("Photographer’s name"), "author_name"),
    Column("note", _("What is asked for"), "note"),
    Column("opened", _("Made"), "opened_at"),
    Column("until", _("Until"), "expires_at"),
    Column("open", _("Open"), "is_open"),
))  # fmt: skip

"""Figures and links as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

DAYS = Sheet("days", _("Readers by day"), (Column("day", _("Day"), "day"), Column("count", _("Pages read"), "count")))
PAGES = Sheet("pages", _("Pages read"), (Column("page", _("Page"), "key"), Column("count", _("Times"), "count")))
CALENDARS = Sheet("calendars", _("Put into a calendar"), (
    Column("name", _("Event"), "label"), Column("code", _("Code"), "key"), Column("count", _("Times"), "count"),
))  # fmt: skip
OUTSIDE = Sheet("outside", _("Led on to a business or another site"), (
    Column("name", _("From the page of"), "label"), Column("code", _("Code"), "key"), Column("count", _("Times"), "count"),
))  # fmt: skip
REFERRERS = Sheet(
    "referrers", _("Came from another site"), (Column("site", _("Site"), "key"), Column("count", _("Times"), "count"))
)
SEARCHES = Sheet(
    "searches",
    _("Searched and found nothing"),
    (Column("question", _("Question"), "key"), Column("count", _("Times"), "count")),
)
LINKS = Sheet("links", _("Short links"), (
    Column("address", _("Address"), lambda row: row.link.address),
    Column("aim", _("Leads to"), "aim"),
    Column("language", _("Language"), "language"),
    Column("note", _("Where it is used"), "link.note"),
    Column("made", _("Made"), "link.made_at"),
    Column("retired", _("Retired"), "link.retired_at"),
    Column("count", _("Followed"), "count"),
))  # fmt: skip

"""Lists of rights, curation and what was given out, as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enggang.core.exports import Column, Sheet

CONSENTS = Sheet("consents", _("Consents of people"), (
    Column("person", _("Name of the person"), "person"),
    Column("minor", _("Under 18 years of age"), "is_minor"),
    Column("guardian", _("Guardian"), "guardian"),
    Column("scopes", _("Agreed to be shown in"), "scope_labels"),
    Column("given", _("Given on"), "given_on"),
    Column("expires", _("Valid until"), "expires_on"),
    Column("withdrawn", _("Withdrawn"), "withdrawn_at"),
    Column("works", _("Works"), "works"),
    Column("code", _("Code"), "code"),
))  # fmt: skip
POSTINGS = Sheet("postings", _("Publications on the agency's channels"), (
    Column("on", _("Posted on"), "posted_on"),
    Column("channel", _("Channel"), "get_channel_display"),
    Column("account", _("Account or medium"), "account"),
    Column("shown", _("Work or collection"), lambda row: row.asset or row.collection),
    Column("url", _("Address"), "url"),
    Column("reach", _("Reached"), "reach"),
    Column("read", _("As read on"), "reached_on"),
    Column("note", _("Note"), "note"),
))  # fmt: skip
USAGES = Sheet("usages", _("Where works went"), (
    Column("on", _("Day"), "on"),
    Column("asset", _("Photo or video"), "asset"),
    Column("kind", _("What was done"), "get_kind_display"),
    Column("where", _("Where"), "where_shown"),
    Column("purpose", _("Purpose"), "purpose"),
    Column("count", _("Times"), "count"),
))  # fmt: skip
ENTRIES = Sheet("entries", _("Entries of a contest"), (
    Column("rank", _("Rank"), "rank"),
    Column("asset", _("Photo or video"), "asset"),
    Column("author", _("Author"), "asset.shown_author"),
    Column("score", _("Score"), lambda row: row.review.points if row.review else None),
    Column("prize", _("Prize"), "prize"),
))  # fmt: skip
COLLECTIONS = Sheet("collections", _("Collections"), (
    Column("title", _("Title"), str),
    Column("kind", _("About"), "get_kind_display"),
    Column("works", _("Works"), "works"),
    Column("published", _("Shown since"), "published_at"),
    Column("code", _("Code"), "code"),
))  # fmt: skip
CONTESTS = Sheet("contests", _("Contests"), (
    Column("title", _("Title"), "title"),
    Column("state", _("Phase"), "get_state_display"),
    Column("opens", _("Opens on"), "opens_on"),
    Column("closes", _("Closes on"), "closes_on"),
    Column("entries", pgettext_lazy("contest", "Entries"), "count"),
    Column("code", _("Code"), "code"),
))  # fmt: skip

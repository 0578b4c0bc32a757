"""Letters, and what they are made from and numbered by, as files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.documents.letters import letter_kinds

OFFICES = Sheet("offices", _("Letters"), (Column("name", _("Organisation"), "name"),))
LETTERS = Sheet("letters", _("Letters"), (
    Column("number", _("Number"), "number"),
    Column("dated", _("Date of the letter"), "dated"),
    Column("title", _("Subject of the letter"), "title"),
    Column("state", _("State"), "get_state_display"),
    Column("scan", _("Signed copy attached"), lambda row: row.scan_id is not None),
    Column("void", _("Reason for voiding"), "void_reason"),
))  # fmt: skip


def _paper(row: Any) -> Any:
    kind = letter_kinds.get(row.paper)
    return kind.label if kind else row.paper or _("All letters")


DATES = (
    Column("paper", _("For which letters"), _paper),
    Column("from", _("Valid from"), "valid_from"),
    Column("until", _("Valid until"), "valid_to"),
    Column("source", _("Source"), "source"),
)
LETTERHEADS = Sheet("letterheads", _("Letterhead"), (
    Column("lines", _("Lines"), "lines"),
    Column("address", _("Address"), "address"),
    Column("city", _("City"), "city"),
    *DATES,
))  # fmt: skip
SIGNATORIES = Sheet("signatories", _("Signatories"), (
    Column("name", _("Name"), "name"),
    Column("post", _("Post"), "title"),
    *DATES,
))  # fmt: skip
SIGNING = Sheet("signing", _("How certificates are signed"), (
    Column("name", _("Name"), "name"),
    Column("by", _("How"), "get_backend_display"),
    Column("holder", _("Key of"), "holder"),
    *DATES[1:],
))  # fmt: skip
UNSIGNED = Sheet("unsigned", _("Papers without an electronic signature"), (Column("paper", _("Paper"), str),))
TEMPLATES = Sheet("templates", _("Templates"), (
    Column("name", _("Name"), "name"),
    Column("kind", _("Kind"), lambda row: letter_kinds[row.kind].label if row.kind in letter_kinds else row.kind),
    Column("version", _("Version"), "published.number"),
    Column("retired", _("Retired"), "retired_at"),
))  # fmt: skip
BLOCKS = Sheet("blocks", _("Blocks of numbers"), (
    Column("pattern", _("Pattern"), "pattern"),
    Column("first", _("First number"), "first"),
    Column("last", _("Last number"), "last"),
    Column("next", _("Next"), "next_text"),
    Column("unused", _("Unused"), "unused"),
    Column("handed", _("Handed out on"), "handed_on"),
    Column("closed", _("Closed"), "closed_at"),
    Column("note", _("Note"), "note"),
))  # fmt: skip
NUMBERS = Sheet("numbers", _("Number register"), (
    Column("register", _("Register"), "register.name"),
    Column("year", _("Year"), "year"),
    Column("seq", _("Sequence"), "seq"),
    Column("number", _("Number"), "text"),
    Column("state", _("State"), "get_state_display"),
    Column("reason", _("Reason"), "reason"),
    Column("reserved", _("Reserved"), "reserved_at"),
))  # fmt: skip

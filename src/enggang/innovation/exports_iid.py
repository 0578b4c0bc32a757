"""What leaves the pages of the index as files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

ENTRY = Sheet("indicators", _("Indicators with their evidence"), (
    Column("code", _("No."), "guide.code"),
    Column("title", _("Indicator"), "guide.title"),
    Column("mandatory", _("Mandatory"), "guide.is_mandatory"),
    Column("weight", _("Weight"), "guide.weight"),
    Column("parameter", _("Parameter"), "line.parameter"),
    Column("chosen", _("Text of the parameter"), "chosen"),
    Column("points", _("Points"), "line.points"),
    Column("evidence", _("Evidence"), lambda each: [str(piece) for piece in each.evidence]),
    Column("source", _("Source"), "guide.source"),
    Column("doubt", _("Certainty"), "guide.doubt"),
))  # fmt: skip


def _uses(piece: Any) -> list[str]:
    return [f"{use.submission.year}/{use.code}" for use in piece.uses.all()]


VAULT = Sheet("evidence", _("Evidence"), (
    Column("title", _("What it shows"), "title"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("dated", _("Dated"), "dated_on"),
    Column("serves", _("Serves"), _uses),
    Column("link", _("Address"), "link"),
    Column("personal", _("Names people"), "is_personal"),
))  # fmt: skip
ENTRIES = Sheet("entries", _("Entries of this year"), (
    Column("innovation", _("Innovation"), "submission.innovation.title"),
    Column("agency", _("Agency"), "submission.innovation.organisation.name"),
    Column("state", _("State"), "submission.get_state_display"),
    Column("points", _("Own score (internal)"), "score.points"),
    Column("most", _("Most that the guide allows"), "score.most"),
    Column("missing", _("Mandatory, still missing"), lambda sheet: [str(each.guide) for each in sheet.missing]),
))  # fmt: skip
WAITING = Sheet("waiting", _("Entries that wait"), (
    Column("innovation", _("Innovation"), "innovation.title"),
    Column("agency", _("Agency"), "innovation.organisation.name"),
    Column("year", _("Year"), "year"),
    Column("state", _("State"), "get_state_display"),
))  # fmt: skip
CHANGES = Sheet("changes", _("What is otherwise"), (
    Column("table", _("Part of the guide"), "table"),
    Column("row", _("Row"), "row"),
    Column("kind", _("How"), "kind"),
    Column("field", _("Field"), "field"),
    Column("old", _("Before"), "old"),
    Column("new", _("After"), "new"),
))  # fmt: skip

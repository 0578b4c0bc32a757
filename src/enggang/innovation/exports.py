"""Lists of innovation as files."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.innovation.queries.portfolio import COLUMNS, Line


def _at_stage(number: int, line: Line) -> int:
    return line.counts[number]


STEPS = Sheet("steps", _("Decisions"), (
    Column("was", _("From"), "get_was_display"),
    Column("now", _("To"), "get_now_display"),
    Column("on", _("Decided on"), "decided_on"),
    Column("due", _("Due on"), "due_on"),
    Column("decider", _("Decided by"), "decider"),
    Column("reason", _("Reason"), "reason"),
    Column("missing", _("Not seen to"), "missing"),
))  # fmt: skip
GATE = Sheet("gate", _("Checklist"), (
    Column("item", _("What is needed"), "item.text"),
    Column("required", _("Needed"), lambda row: _("yes") if row.item.required else _("no")),
    Column("met", _("Met"), lambda row: _("yes") if row.is_done else _("no")),
    Column("finding", _("Finding"), lambda row: row.check.note if row.check else ""),
    Column("source", _("Source"), "item.source"),
))  # fmt: skip
READINGS = Sheet("readings", _("Values"), (
    Column("measure", _("What is measured"), "measure.name"),
    Column("unit", _("Unit"), "measure.unit"),
    Column("moment", _("Measured"), "get_moment_display"),
    Column("value", _("Value"), "value"),
    Column("as_of", _("As it stood on"), "as_of"),
    Column("method", _("Method"), "method"),
    Column("source", _("Source"), "source"),
    Column("voided", _("Voided because"), "void_reason"),
))  # fmt: skip
PORTFOLIO = Sheet("portfolio", _("Portfolio"), (
    Column("facet", _("Facet"), "label"),
    *(Column(stage.value, stage.label, partial(_at_stage, number)) for number, stage in enumerate(COLUMNS)),
    Column("total", _("Together"), "total"),
))  # fmt: skip
REPLICATIONS = Sheet("replications", _("Replications"), (
    Column("origin", _("Copied from"), "origin_text"),
    Column("copy", _("Who copied it"), "copy_text"),
    Column("region", _("Regency or city"), "region.name"),
    Column("on", _("Copied on"), "on"),
    Column("contact", _("Whom to ask there"), "contact"),
    Column("note", _("What was taken over"), "note"),
    Column("proof", _("Proof"), lambda row: _("yes") if row.proof_id else _("no")),
    Column("voided", _("Voided because"), "void_reason"),
))  # fmt: skip
CHECKUPS = Sheet("checkups", _("Check-ups"), (
    Column("number", _("Number"), "number"),
    Column("due", _("Due on"), "due_on"),
    Column("use", _("Is it used"), lambda row: row.said.get_use_display() if row.said else ""),
    Column("users", _("People who used it in this time"), lambda row: row.said.users if row.said else None),
    Column("note", _("What was seen"), lambda row: row.said.note if row.said else ""),
    Column("said", _("Said on"), lambda row: row.said.said_on if row.said else None),
))  # fmt: skip

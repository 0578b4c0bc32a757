"""Lists of impact as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

EDITIONS = Sheet("editions", _("Events"), (
    Column("event", _("Event"), "edition"),
    Column("starts", _("First day"), "edition.starts_on"),
    Column("stage", _("Stage"), "edition.get_stage_display"),
    Column("trained", _("Committee members with a certificate"), "trained"),
    Column("published", _("Photos and videos"), "published"),
    Column("indicators", _("Linked indicators"), lambda row: [each.indicator.name for each in row.indicators]),
))  # fmt: skip
CONTRIBUTIONS = Sheet("contributions", _("Linked to indicators"), (
    Column("what", _("What contributed"), "title"),
    Column("indicator", _("Indicator"), "indicator.name"),
    Column("strength", _("How well it is shown"), "get_strength_display"),
    Column("argument", _("Argument"), "argument"),
    Column("source", _("Where that can be read"), "source"),
    Column("agency", _("Agency"), "organisation.name"),
    Column("linked", _("Linked on"), "linked_at"),
))  # fmt: skip
FIGURES = Sheet("figures", _("Figures by month"), (
    Column("measure", _("Measure"), lambda row: str(row[0].source.label)),
    Column("month", _("Month"), lambda row: row[1].label),
    Column("value", _("Value"), lambda row: row[1].value),
    Column("low", _("Lower end"), lambda row: row[1].low),
    Column("high", _("Upper end"), lambda row: row[1].high),
    Column("unit", _("Unit"), lambda row: str(row[0].source.unit)),
    Column("method", _("Method"), lambda row: str(row[0].source.method)),
))  # fmt: skip
REGIONS = Sheet("regions", _("Regencies and cities"), (
    Column("code", _("Code of the region"), "code"),
    Column("region", _("Regency or city"), "name"),
    Column("value", _("Last twelve months"), "value"),
))  # fmt: skip
FESTIVAL = Sheet("festival", _("Days of the festival"), (
    Column("edition", _("Edition"), lambda row: str(row[0].edition)),
    Column("day", _("Day of the festival"), lambda row: int(row[1].label)),
    Column("value", _("Value"), lambda row: row[1].value),
))  # fmt: skip
PORTFOLIO = Sheet("portfolio", _("Portfolio"), (
    Column("kind", _("Kind"), "kind"),
    Column("title", _("Title"), "title"),
    Column("more", _("More"), "more"),
    Column("on", _("Date"), "on"),
))  # fmt: skip
PROMISES = Sheet("promises", _("My promises"), (
    Column("what", _("What will be done"), "text"),
    Column("agency", _("Agency"), "organisation.name"),
    Column("made", _("Promised on"), "made_on"),
    Column("due", _("By"), "due_on"),
    Column("state", _("State"), "get_state_display"),
    Column("settled", _("Settled on"), "settled_on"),
    Column("remark", _("Remark"), "remark"),
))  # fmt: skip

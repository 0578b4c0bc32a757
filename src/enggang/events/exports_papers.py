"""The lists of an edition's concept and papers as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

OBJECTIVES = Sheet("objectives", _("Objectives"), (
    Column("objective", _("Objective"), "objective"),
    Column("indicator", _("Indicator"), "indicator"),
    Column("unit", _("Unit"), "unit"),
    Column("baseline", _("Baseline"), "baseline"),
    Column("baseline_source", _("Source of the baseline"), "baseline_source"),
    Column("target", _("Target"), "target"),
    Column("last_year", _("Last year's figure"), "last_year"),
    Column("method", _("How it is measured"), "method"),
))  # fmt: skip
PROGRAMME = Sheet("programme", _("Programme of the event"), (
    Column("part", _("Day or part"), "part"),
    Column("activity", _("Activity"), "activity"),
    Column("site", _("Place"), lambda row: row.site.name if row.site else ""),
))  # fmt: skip
PAPERS = Sheet("papers", _("Papers"), (
    Column("paper", _("Paper"), "label"),
    Column("state", _("State"), "state"),
    Column("number", _("Number"), "number"),
    Column("missing", _("What is missing"), lambda row: [each.text for each in row.missing]),
))  # fmt: skip
LACKING = Sheet("missing", _("What is missing"), (
    Column("what", _("What is missing"), "text"),
))  # fmt: skip
INCIDENTS = Sheet("incidents", _("Incidents"), (
    Column("day", _("Day"), "on"),
    Column("time", _("Time"), "at"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("severity", _("How serious"), "get_severity_display"),
    Column("place", _("Place"), lambda row: str(row.site or "")),
    Column("what", _("What happened"), "what"),
    Column("done", _("What was done"), "done"),
    Column("hurt", _("People hurt"), "hurt"),
    Column("settled", _("Settled on"), "ended_on"),
    Column("void", _("Taken back"), "void_reason"),
))  # fmt: skip

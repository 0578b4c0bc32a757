"""What leaves an indicator as a file: its values with regions and codes, its targets, and the metadata that travel with them.

The fields of the metadata are those that BPS asks of an indicator (Peraturan BPS 5/2020, MS-Ind), the region codes those
of the Ministry of Home Affairs.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet

SERIES = Sheet("series", _("Values"), (
    Column("from", _("From"), "period_start"),
    Column("to", _("To"), "period_end"),
    Column("region_code", _("Code of the region"), "region_id"),
    Column("region", _("Regency or city"), "region.name"),
    Column("sex", _("Sex"), "get_sex_display"),
    Column("value", _("Value"), "value"),
    Column("low", _("Lower end"), "low"),
    Column("high", _("Upper end"), "high"),
    Column("numerator", _("Numerator"), "numerator"),
    Column("denominator", _("Denominator"), "denominator"),
    Column("source", _("Source"), "source"),
    Column("as_of", _("As it stood on"), "as_of"),
    Column("method", _("Method"), "method"),
    Column("note", _("Remark"), "note"),
    Column("state", _("State"), "get_state_display"),
    Column("entered", _("Entered on"), "entered_at"),
    Column("replaced", _("Replaced on"), "replaced_at"),
    Column("returned", _("Returned, because"), "return_reason"),
))  # fmt: skip
TARGETS = Sheet("targets", _("Targets"), (
    Column("year", _("Year"), "year"),
    Column("quarter", _("Quarter"), lambda row: row.quarter or ""),
    Column("value", _("Target"), "value"),
    Column("upper", _("Upper end"), "upper"),
    Column("source", _("Where it is laid down"), "source"),
    Column("set", _("Set on"), "set_at"),
    Column("replaced", _("Replaced on"), "replaced_at"),
))  # fmt: skip


REJECTED = Sheet("rejected", _("Cells that cannot be taken"), (
    Column("where", _("Cell"), "where"),
    Column("label", _("Row"), "label"),
    Column("error", _("Why"), "error"),
))  # fmt: skip
METADATA = Sheet(
    "metadata", _("Metadata"), (Column("field", _("Field"), "label"), Column("text", _("Content"), "text"))
)
TREE = Sheet("tree", _("Tree of indicators"), (
    Column("level", _("Level"), "level"),
    Column("name", _("Indicator"), "standing.indicator.name"),
    Column("agency", _("Agency"), "standing.indicator.organisation.name"),
    Column("serves", _("serves"), lambda row: row.standing.indicator.serves_id and str(row.standing.indicator.serves)),
    Column("value", _("This year so far"), "standing.value"),
    Column("target", _("Target of the year"), lambda row: row.standing.target and row.standing.target.value),
    Column("unit", _("Unit"), "standing.indicator.unit"),
    Column("course", _("Against its path"), lambda row: row.standing.course.label),
))  # fmt: skip

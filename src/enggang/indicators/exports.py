"""What leaves an indicator as a file: its values with regions and codes, its targets, and the metadata that travel with them.

The fields of the metadata are those that BPS asks of an indicator (Peraturan BPS 5/2020, MS-Ind), the region codes those
of the Ministry of Home Affairs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.indicators.models import Indicator

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


class Fact(NamedTuple):
    label: str
    text: Any


METADATA = Sheet(
    "metadata", _("Metadata"), (Column("field", _("Field"), "label"), Column("text", _("Content"), "text"))
)

_FACTS: tuple[tuple[Any, Callable[[Indicator], Any]], ...] = (
    (_("Name of the indicator"), lambda row: row.name),
    (_("Concept and definition"), lambda row: row.definition),
    (_("Interpretation"), lambda row: row.get_polarity_display()),
    (_("Method / formula"), lambda row: row.formula),
    (_("How it is measured"), lambda row: row.method),
    (_("Measure"), lambda row: row.get_cumulation_display()),
    (_("Unit"), lambda row: row.unit),
    (_("Classification"), lambda row: row.get_kind_display()),
    (_("Disaggregation"), lambda row: ", ".join(_parts(row)) or gettext("none")),
    (_("Frequency"), lambda row: row.get_frequency_display()),
    (_("Source"), lambda row: row.source),
    (_("Producer of the data"), lambda row: row.organisation.name),
    (_("Code of the ministry"), lambda row: row.ministry_code),
    (_("Breaks in the series"), lambda row: "; ".join(str(each) for each in row.breaks.all())),
)


def _parts(row: Indicator) -> list[str]:
    wanted = ((row.by_region, gettext("regency and city")), (row.by_sex, gettext("sex")))
    return [word for is_so, word in wanted if is_so]


def metadata_of(row: Indicator) -> list[Fact]:
    return [Fact(str(label), read(row)) for label, read in _FACTS]

"""The metadata of an indicator, which travel with its data.

The fields are those that BPS asks of an indicator (Peraturan BPS 5/2020, MS-Ind).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enggang.indicators.models import Indicator

REGION_CODES = "Kepmendagri 300.2.2-2138/2025"


class Fact(NamedTuple):
    label: str
    text: Any


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
    (_("Codes of the regions"), lambda row: REGION_CODES if row.by_region else gettext("none")),
    (_("Why it was chosen"), lambda row: row.reason),
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

"""The tables of reference rows by the word that stands in their address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.indicators.models import ScaleStep
from enggang.places.queries.dated import DATES, DatedTable

TABLES = {
    table.word: table
    for table in (
        DatedTable("skala", ScaleStep, _("Words for what was reached"), ("from_percent", "label", *DATES, "standing")),
    )
}

"""The five tables of reference rows by the word that stands in their address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.budgets.models import EvidenceRule, HonorariumRate, PriceStandard, TaxRate, TeachingUnit
from enggang.places.queries.dated import DATES, DatedTable

ENDING = (*DATES, "verified")
TABLES = {
    table.word: table
    for table in (
        DatedTable("harga", PriceStandard, _("Price standards"),
                   ("region", "year", "category", "item", "unit", "price", "kind", *ENDING), ("region",)),
        DatedTable("satuan", TeachingUnit, _("Teaching units"), ("name", "minutes", "counts", *ENDING)),
        DatedTable("honor", HonorariumRate, _("Honorarium rates"),
                   ("unit", "teacher_origin", "rank_group", "amount", *ENDING), ("unit",)),
        DatedTable("pajak", TaxRate, _("Tax rates"),
                   ("kind", "tax_status", "rank_group", "points", "base_points", *ENDING)),
        DatedTable("bukti", EvidenceRule, _("Evidence checklists"),
                   ("category", "name", "from_amount", "below_amount", "position", *ENDING)),
    )
}  # fmt: skip

"""The tables of reference rows by the word that stands in their address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.places.queries.dated import DATES, DatedTable
from enggang.plans.models import ChecklistItem, CrowdLimit, RiskBand, TaskTemplate

ENDING = (*DATES, "standing")

TABLES = {
    table.word: table
    for table in (
        DatedTable("tugas", TaskTemplate, _("Ready-made tasks"),
                   ("bundle", "section", "title", "anchor", "offset", "lasts", "note", "position", *DATES)),
        DatedTable("risiko", RiskBand, _("Grades of risk"), ("name", "from_score", "grade", *ENDING)),
        DatedTable("kepadatan", CrowdLimit, _("Limits of density"), ("name", "hundredths", "grade", *ENDING)),
        DatedTable("chse", ChecklistItem, _("CHSE checklist"), ("aspect", "text", "position", *ENDING)),
    )
}  # fmt: skip

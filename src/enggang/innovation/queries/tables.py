"""The tables of reference rows by the word that stands in their address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.innovation.models import Affair, GateItem, GateRule, ScoreAspect
from enggang.places.queries.dated import DATES, DatedTable

ENDING = (*DATES, "standing")
TABLES = {
    table.word: table
    for table in (
        DatedTable("gerbang", GateItem, _("Checklists of the gates"),
                   ("stage", "text", "required", "binding", "auto", "position", *ENDING)),
        DatedTable("pemutus", GateRule, _("Who decides at the gates, and by when"), ("stage", "decider", "days", "every", *ENDING)),
        DatedTable("aspek", ScoreAspect, _("Aspects of the blind scores"), ("title", "question", "weight", "position", *ENDING)),
        DatedTable("urusan", Affair, _("Affairs of government"), ("name", "group", "position", *ENDING)),
    )
}  # fmt: skip

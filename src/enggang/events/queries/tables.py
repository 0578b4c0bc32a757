"""The tables of reference rows by the word that stands in their address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.events.models import (
    Channel,
    CurationAspect,
    GateItem,
    Period,
    PermitDocument,
    PermitRule,
    StallCategory,
    Threshold,
)
from enggang.places.queries.dated import DATES, DatedTable

ENDING = (*DATES, "standing")
TABLES = {
    table.word: table
    for table in (
        DatedTable("gerbang", GateItem, _("Checklists of the gates"),
                   ("stage", "text", "required", "auto", "position", *ENDING)),
        DatedTable("izin", PermitRule, _("Rules of permits"),
                   ("kind", "scale", "area", "need", "issuer", "lead", "unit", "alarms", "note", *ENDING)),
        DatedTable("dokumen-izin", PermitDocument, _("Documents of permits"),
                   ("kind", "text", "required", "case", "proof", "position", *ENDING)),
        DatedTable("aspek-kurasi", CurationAspect, _("Rubrics of curation"),
                   ("rubric", "title", "question", "weight", "levels", "proof", "position", *ENDING)),
        DatedTable("ambang", Threshold, _("Thresholds"), ("name", "value", *ENDING)),
        DatedTable("masa", Period, _("Weeks to stay away from"),
                   ("name", "kind", "first", "last", "region", *ENDING), ("region",)),
        DatedTable("kanal", Channel, _("Channels of publicity"),
                   ("name", "form", "width", "height", "seconds", "letters", "note", "position", *ENDING)),
        DatedTable("jenis-lapak", StallCategory, _("Kinds of goods at stalls"), ("name", "examples", "position", *ENDING)),
    )
}  # fmt: skip

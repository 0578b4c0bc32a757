"""The competency catalogue as an agency sees it: its own rows before those from above, those before the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from enggang.people.models import Behaviour, Competency, CompetencyLevel, PostType, RequiredLevel
from enggang.places.models import Organisation
from enggang.places.queries.dated import DATES, DatedTable, closest

ENDING = (*DATES, "standing")
TABLES = {
    table.word: table
    for table in (
        DatedTable("kompetensi", Competency, _("Competencies"),
                   ("name", "kind", "code", "definition", "position", *ENDING)),
        DatedTable("perilaku", Behaviour, _("Behaviours"),
                   ("competency", "level", "text", "position", *ENDING), ("competency",)),
        DatedTable("tingkat", CompetencyLevel, _("Levels"), ("level", "name", *ENDING)),
        DatedTable("jenis-jabatan", PostType, _("Kinds of post"), ("name", "group", "position", *ENDING)),
        DatedTable("syarat", RequiredLevel, _("Required levels"),
                   ("post_type", "competency", "level", *ENDING), ("post_type", "competency")),
    )
}  # fmt: skip


def level_names(organisation: Organisation, day: date) -> dict[int, CompetencyLevel]:
    rows = CompetencyLevel.objects.serving(organisation).on(day)
    return closest(rows, lambda row: row.level)


def required_levels(
    organisation: Organisation, types: Iterable[int], day: date
) -> dict[tuple[int, int], RequiredLevel]:
    """What kinds of post ask for there on that day, by kind of post and competency. What has no row is unknown."""
    rows = RequiredLevel.objects.serving(organisation).on(day).filter(post_type__in=set(types))
    return closest(rows.select_related("competency"), lambda row: (row.post_type_id, row.competency_id))

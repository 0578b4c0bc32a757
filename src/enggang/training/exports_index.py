"""The professionalism index as a file whose columns the agency arranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core.actor import Actor
from enggang.people.roster.workbooks import XLSX_TYPE, workbook
from enggang.people.rules import may_read_nip
from enggang.places.models import Organisation
from enggang.places.models.dated import paths_above
from enggang.training.enums import Dimension, LearningKind
from enggang.training.exports_learning import csv_bytes
from enggang.training.models import ColumnOrder
from enggang.training.queries.index import IndexScore

FILE = "ip_asn"


def _nip(score: IndexScore, actor: Actor) -> str:
    work = score.employment
    full = may_read_nip(actor, work.organisation.path, work.person.user_id)
    return work.person.nip if full else work.person.masked_nip


def _points(dimension: str) -> Callable[[IndexScore, Actor], Any]:
    return lambda score, _actor: _known(score.points_of(dimension))


def _indicator(kind: str) -> Callable[[IndexScore, Actor], Any]:
    def points(score: IndexScore, _actor: Actor) -> Any:
        found = [line.points for line in score.lines or [] if line.rule.kind == kind]
        return _known(found[0] if found else None)

    return points


def _known(value: Any) -> Any:
    """What is unknown stays an empty cell, never a 0."""
    return "" if value is None else float(value)


def _titles(score: IndexScore, _actor: Actor) -> str:
    counted = {each.code: each.title for line in score.lines or [] for each in line.counted}
    return "; ".join(counted.values())


COLUMNS: dict[str, tuple[Any, Callable[[IndexScore, Actor], Any]]] = {
    "nip": (gettext_lazy("NIP"), _nip),
    "name": (gettext_lazy("Name"), lambda score, _actor: score.employment.person.name),
    "agency": (gettext_lazy("Agency"), lambda score, _actor: score.employment.organisation.name),
    "post": (gettext_lazy("Post"), lambda score, _actor: score.employment.post),
    "post_type": (gettext_lazy("Kind of post"), lambda score, _actor: str(score.employment.post_type or "")),
    "rank": (gettext_lazy("Rank and grade"), lambda score, _actor: score.employment.rank),
    "year": (gettext_lazy("Year"), lambda score, _actor: score.year),
    "qualification": (gettext_lazy("Qualification"), _points(Dimension.QUALIFICATION)),
    "leadership": (gettext_lazy("Leadership training"), _indicator(LearningKind.LEADERSHIP)),
    "functional": (gettext_lazy("Functional training"), _indicator(LearningKind.FUNCTIONAL)),
    "technical": (gettext_lazy("Technical training"), _indicator(LearningKind.TECHNICAL)),
    "seminar": (gettext_lazy("Seminar, workshop, internship or course"), _indicator(LearningKind.SEMINAR)),
    "competence": (gettext_lazy("Competence"), _points(Dimension.COMPETENCE)),
    "performance": (gettext_lazy("Performance"), _points(Dimension.PERFORMANCE)),
    "discipline": (gettext_lazy("Discipline"), _points(Dimension.DISCIPLINE)),
    "total": (gettext_lazy("Whole index"), lambda score, _actor: _known(score.total)),
    "category": (gettext_lazy("Category"), lambda score, _actor: score.category),
    "trainings": (gettext_lazy("Trainings that count"), _titles),
    "undecided": (gettext_lazy("Not decided yet"), lambda score, _actor: len(score.undecided)),
    "doubts": (gettext_lazy("Certainty of the table"), lambda score, _actor: "; ".join(score.doubts)),
}


def index_file(scores: Sequence[IndexScore], columns: Sequence[str], kind: str, actor: Actor) -> tuple[bytes, str]:
    """The bytes and their media type. ``columns`` are names of COLUMNS, in the order of the file."""
    header = [str(COLUMNS[name][0]) for name in columns]
    rows = [[COLUMNS[name][1](score, actor) for name in columns] for score in scores]
    if kind == "xlsx":
        return workbook(_("IP ASN"), header, rows), XLSX_TYPE
    return csv_bytes(header, rows), "text/csv; charset=utf-8"


def columns_of(agency: Organisation | None) -> list[str]:
    """As the agency arranged them, else as the nearest agency above it did, else all in the shipped order."""
    if agency is not None:
        rows = ColumnOrder.objects.filter(file=FILE, organisation__path__in=paths_above(agency.path))
        row = max(rows.select_related("organisation"), key=lambda each: len(each.organisation.path), default=None)
        kept = [name for name in row.columns if name in COLUMNS] if row else []
        if kept:
            return kept
    return list(COLUMNS)

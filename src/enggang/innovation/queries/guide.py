"""The guide of a year as it holds for an agency: its own rows before those from above, those before the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from enggang.innovation.enums_iid import Scope
from enggang.innovation.models import GuideIndicator, GuidePredicate, GuideYear, ProfileField, ProposalCriterion
from enggang.innovation.scoring import Formula
from enggang.places.models import Organisation
from enggang.places.queries.dated import DATES, DatedTable, closest, plain_cell

TABLES = {
    table.word: table
    for table in (
        DatedTable("indikator", GuideIndicator, _("Indicators of the guide"), (
            "year", "scope", "code", "position", "title", "weight", "first", "second", "third", "is_mandatory", "evidence",
            "variable", "genre", *DATES, "standing",
        )),
        DatedTable("rumus", GuideYear, _("Formula and days"), (
            "year", "letter", "divisor", "count_weight", "count_cap", "basic_needed", "basic_of", "region_max", "own_max",
            "count_max", "adopted_from", "adopted_to", "window_from", "window_to", *DATES, "standing",
        )),
        DatedTable("predikat", GuidePredicate, _("Predicates"), ("year", "label", "from_score", *DATES, "standing")),
        DatedTable("profil", ProfileField, _("Fields of the profile"), (
            "year", "code", "position", "title", "is_mandatory", "least_words", *DATES, "standing",
        )),
        DatedTable("kipp", ProposalCriterion, _("Criteria of KIPP"), (
            "year", "position", "title", "question", "percent", "feeds", *DATES, "standing",
        )),
    )
}  # fmt: skip
# By what a row of a table is the same one in two years.
SAME = {"indikator": "code", "rumus": "", "predikat": "label", "profil": "code", "kipp": "title"}


@dataclass(frozen=True, slots=True)
class Guidebook:
    """Everything one year says. ``whole`` is None, and the lists are empty, for a year of which nothing is known."""

    year: int
    whole: GuideYear | None
    own: list[GuideIndicator]
    region: list[GuideIndicator]
    predicates: list[GuidePredicate]

    @property
    def formula(self) -> Formula:
        row = self.whole
        if row is None:
            return Formula()
        return Formula(
            row.divisor, row.count_weight, row.count_cap, row.basic_needed, row.region_max, row.own_max, row.count_max
        )

    @property
    def steps(self) -> list[tuple[Decimal, str]]:
        return [(row.from_score, row.label) for row in self.predicates]

    @property
    def doubts(self) -> list[str]:
        """What is to be said beside every number of it, as long as rows are not compared with the letter."""
        rows: list[Any] = [*self.own, *self.region, *self.predicates, *([self.whole] if self.whole else [])]
        return sorted({row.doubt for row in rows if row.doubt})

    def indicator(self, code: str) -> GuideIndicator | None:
        return next((row for row in self.own if row.code == code), None)


def guide_of(organisation: Organisation, year: int) -> Guidebook:
    """Three questions to the database, however long the guide is."""
    indicators = _rows(organisation, "indikator", year)
    whole = _rows(organisation, "rumus", year)
    return Guidebook(
        year=year,
        whole=whole[0] if whole else None,
        own=[row for row in indicators if row.scope == Scope.INNOVATION],
        region=[row for row in indicators if row.scope == Scope.REGION],
        predicates=_rows(organisation, "predikat", year),
    )


def fields_of(organisation: Organisation, year: int) -> list[ProfileField]:
    """Those of the year, or of the newest year before it of which they are known."""
    return _newest(organisation, "profil", year)


def criteria_of(organisation: Organisation, year: int) -> list[ProposalCriterion]:
    return _newest(organisation, "kipp", year)


def _newest(organisation: Organisation, word: str, year: int) -> list[Any]:
    known = TABLES[word].model.objects.serving(organisation).filter(year__lte=year).order_by("-year")
    last = known.values_list("year", flat=True).first()
    return _rows(organisation, word, last) if last is not None else []


def _rows(organisation: Organisation, word: str, year: int) -> list[Any]:
    rows = TABLES[word].model.objects.serving(organisation).filter(year=year)
    nearest = closest(rows, _same(word)).values()
    order = {row.pk: place for place, row in enumerate(rows)}
    return sorted(nearest, key=lambda row: order[row.pk])


def _same(word: str) -> Any:
    name = SAME[word]
    return (lambda row: getattr(row, name)) if name else (lambda row: row.year)


def years_known(organisation: Organisation) -> list[int]:
    """The years of which a formula or indicators are known, the newest first."""
    found: set[int] = set()
    for table in (GuideYear, GuideIndicator, GuidePredicate):
        found.update(table.objects.serving(organisation).order_by().values_list("year", flat=True).distinct())
    return sorted(found, reverse=True)


def years_to_enter(organisation: Organisation) -> list[int]:
    """The years whose indicators are known, so that an entry can begin; the newest first."""
    rows = GuideIndicator.objects.serving(organisation).filter(scope=Scope.INNOVATION)
    return sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)


class Change(NamedTuple):
    """What is otherwise in the newer year. ``old`` or ``new`` is empty where the row is only in one of them."""

    table: Any
    row: str
    field: str
    old: str
    new: str
    kind: str  # added, gone, changed


def changes_between(organisation: Organisation, older: int, newer: int) -> list[Change]:
    """Every difference between two years' guides, table by table, as the screen shows it."""
    return [change for word in TABLES for change in _changes(organisation, word, older, newer)]


def _changes(organisation: Organisation, word: str, older: int, newer: int) -> Iterator[Change]:
    table, name = TABLES[word], SAME[word]
    before = {getattr(row, name) if name else "": row for row in _rows(organisation, word, older)}
    after = {getattr(row, name) if name else "": row for row in _rows(organisation, word, newer)}
    for key in [*before, *(each for each in after if each not in before)]:
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield Change(table.label, str(old or new), "", "", "", "gone" if new is None else "added")
        else:
            yield from _fields(table, old, new)


def _fields(table: DatedTable, old: Any, new: Any) -> Iterator[Change]:
    skipped = {"year", "position", *DATES, "standing"}
    for name in table.fields:
        if name in skipped or getattr(old, name) == getattr(new, name):
            continue
        label = capfirst(table.model._meta.get_field(name).verbose_name)
        yield Change(table.label, str(new), label, plain_cell(old, name), plain_cell(new, name), "changed")


def contents(rows: Sequence[Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """The plain values of rows, to be written again."""
    return [{name: getattr(row, name) for name in names} for row in rows]


def rows_of(organisation: Organisation, word: str, year: int) -> list[Any]:
    """The rows of a table that hold for an agency in a year."""
    return _rows(organisation, word, year)

"""The competence score of a person and year by the table in force, with the learning it rests on.

What nobody has entered or decided is unknown, never 0: a total is given only when all four dimensions are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core.actor import Actor
from enggang.files.models import StoredFile
from enggang.people.models import Employment
from enggang.places.models.organisation import below_any
from enggang.places.queries.dated import DATES, DatedTable, closest, serves
from enggang.seats.enums import ClaimState
from enggang.training.enums import ENTERED, Dimension, LearningKind, Outcome, RuleUse
from enggang.training.models import IndexEntry, IndexRule, OutsideCertificate, PortalRule, Registration, Relevance
from enggang.training.queries.profile import STANDING_AWARDS
from enggang.training.rules import SEES_INDEX

AT_ONCE = 500  # people asked for in one question (SQLite allows 999 values)
METHOD = gettext_lazy(
    "The table in force on the last day of the year is used. A training counts in the competence dimension once the "
    "agency's coordinator has decided that it has to do with the tasks of the post, in the years of that decision. "
    "Qualification, performance and discipline are entered by the coordinator or stay unknown; nothing unknown counts as 0."
)
ENDING = (*DATES, "standing")
TABLES = {
    table.word: table
    for table in (
        DatedTable("indeks", IndexRule, gettext_lazy("Table of the index"),
                   ("dimension", "use", "name", "kind", "group", "points", "min_jp", "adds_up", "window", "position",
                    *ENDING)),
        DatedTable("portal", PortalRule, gettext_lazy("National personnel portal"), ("name", "max_kb", *ENDING)),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """A completed training: a certificate of a wave here, or an accepted one from outside. ``file`` is its paper."""

    person_id: int
    code: str
    here: bool
    title: str
    organiser: str
    number: str
    starts_on: date
    ends_on: date
    jp: int
    file: StoredFile | None
    relevance: Relevance | None

    @property
    def key(self) -> str:
        """As a form names it."""
        return f"{'sini' if self.here else 'luar'}-{self.code}"


@dataclass(slots=True)
class IndicatorLine:
    rule: IndexRule
    counted: list[Evidence] = field(default_factory=list)

    @property
    def jp(self) -> int:
        return sum(each.jp for each in self.counted)

    @property
    def points(self) -> Decimal:
        most = self.jp if self.rule.adds_up else max((each.jp for each in self.counted), default=0)
        reached = bool(self.counted) and most >= self.rule.min_jp
        return self.rule.points if reached else Decimal(0)


@dataclass(slots=True)
class IndexScore:
    """Of one employee and year. ``lines`` are None when the kind of post is not said: no table row can be chosen."""

    employment: Employment
    year: int
    lines: list[IndicatorLine] | None
    entries: Mapping[str, IndexEntry]
    evidence: list[Evidence]
    maxima: Mapping[str, IndexRule]
    categories: Sequence[IndexRule]

    @property
    def undecided(self) -> list[Evidence]:
        return [each for each in self.evidence if each.relevance is None]

    @property
    def competence(self) -> Decimal | None:
        if not self.lines:
            return None
        return sum((line.points for line in self.lines), Decimal(0))

    def points_of(self, dimension: str) -> Decimal | None:
        if dimension == Dimension.COMPETENCE:
            return self.competence
        entry = self.entries.get(dimension)
        return entry.rule.points if entry else None

    @property
    def total(self) -> Decimal | None:
        """All four dimensions, or None while one of them is unknown."""
        parts = [self.points_of(name) for name in (Dimension.COMPETENCE, *ENTERED)]
        return None if any(part is None for part in parts) else sum((part for part in parts if part), Decimal(0))

    @property
    def category(self) -> str:
        total = self.total
        reached = [row for row in self.categories if total is not None and total > row.points]
        lowest = min(self.categories, key=lambda row: row.points, default=None)
        found = max(reached, key=lambda row: row.points, default=lowest if total is not None else None)
        return found.name if found else ""

    @property
    def doubts(self) -> list[str]:
        """How uncertain the rows are on which this score rests, each word once."""
        used = [line.rule for line in self.lines or []] + [entry.rule for entry in self.entries.values()]
        used += list(self.maxima.values()) + (list(self.categories) if self.total is not None else [])
        return sorted({row.doubt for row in used if row.doubt})

    @property
    def dimensions(self) -> list[tuple[str, str, Decimal | None, IndexRule | None]]:
        """Code, name, points and the row with the maximum, in the order of the table."""
        return [
            (name.value, str(name.label), self.points_of(name), self.maxima.get(name))
            for name in (Dimension.QUALIFICATION, Dimension.COMPETENCE, Dimension.PERFORMANCE, Dimension.DISCIPLINE)
        ]


def index_staff(actor: Actor) -> Any:
    """The present employments whose index the actor may read."""
    here = below_any(actor.paths(*SEES_INDEX), "organisation__path")
    rows = Employment.objects.present().filter(here)
    return rows.select_related("person__subject", "organisation__subject", "post_type")


def table_of(path: str, year: int, rows: Sequence[IndexRule]) -> list[IndexRule]:
    """The lines that hold for an agency, its own before those from above, those before the shipped ones."""
    return sorted(closest((row for row in rows if serves(row, path)), lambda row: row.place).values(), key=_order)


def _order(row: IndexRule) -> tuple[str, int, int]:
    return (row.dimension, row.position, row.pk)


def rules_in(year: int) -> list[IndexRule]:
    """Every row of the table as it stands on the last day of the year."""
    return list(IndexRule.objects.on(date(year, 12, 31)).select_related("organisation__subject"))


def scores_of(employments: Sequence[Employment], year: int) -> list[IndexScore]:
    """A score per employment, in their order. One question for the table, and for every 500 people three."""
    people, rows = [work.person_id for work in employments], rules_in(year)
    evidence, entries = evidence_of(people), _entries(people, year)
    tables: dict[str, list[IndexRule]] = {}
    found = []
    for work in employments:
        path = work.organisation.path
        table = tables.setdefault(path, table_of(path, year, rows))
        known = [each for each in evidence.get(work.person_id, []) if each.ends_on.year <= year]
        found.append(_score(work, year, table, known, entries.get(work.person_id, {})))
    return found


def _score(
    work: Employment, year: int, table: Sequence[IndexRule], evidence: list[Evidence], entries: Mapping[str, IndexEntry]
) -> IndexScore:
    group = work.post_type.group if work.post_type else ""
    lines = [_line(rule, evidence, year) for rule in table if _asks(rule, group)] if group else None
    maxima = {rule.dimension: rule for rule in table if rule.use == RuleUse.MAXIMUM}
    categories = [rule for rule in table if rule.use == RuleUse.CATEGORY]
    return IndexScore(work, year, lines, entries, evidence, maxima, categories)


def _asks(rule: IndexRule, group: str) -> bool:
    scores = rule.dimension == Dimension.COMPETENCE and rule.use == RuleUse.SCORE
    return scores and rule.group in {"", group}


def _line(rule: IndexRule, evidence: Iterable[Evidence], year: int) -> IndicatorLine:
    counted = [each for each in evidence if each.relevance and each.relevance.counts_in(year)]
    return IndicatorLine(rule, [each for each in counted if each.relevance and each.relevance.kind == rule.kind])


def _parts(people: Iterable[int]) -> Iterable[list[int]]:
    ids = sorted(set(people))
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _entries(people: Iterable[int], year: int) -> dict[int, dict[str, IndexEntry]]:
    found: dict[int, dict[str, IndexEntry]] = defaultdict(dict)
    for part in _parts(people):
        for row in IndexEntry.objects.filter(person__in=part, year=year).select_related("rule"):
            found[row.person_id][row.dimension] = row
    return found


def evidence_of(people: Iterable[int]) -> dict[int, list[Evidence]]:
    """Valid certificates of waves here and accepted ones from outside, the newest first."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for part in _parts(people):
        for row in _awarded(part):
            found[row.person_id].append(_here(row))
        outside = OutsideCertificate.objects.accepted().filter(person__in=part)
        for certificate in outside.select_related("subject", "file", "relevance"):
            found[certificate.person_id].append(_outside(certificate))
    for rows in found.values():
        rows.sort(key=lambda each: (each.ends_on, each.code), reverse=True)
    return found


def _awarded(people: list[int]) -> Any:
    rows = Registration.objects.filter(
        person__in=people, outcome=Outcome.PASSED, claim__state=ClaimState.CONFIRMED, award__state__in=STANDING_AWARDS
    )
    return rows.select_related(
        "subject", "wave__programme", "award__document__file", "award__document__signature__file", "relevance"
    )


def _here(row: Registration) -> Evidence:
    assert row.award is not None
    wave, award = row.wave, row.award
    return Evidence(
        row.person_id, row.code, True, f"{wave.programme.title}: {wave.name}", award.issuer_name, award.number,
        wave.starts_on, wave.ends_on, award.hours, award.document.best_file, getattr(row, "relevance", None),
    )  # fmt: skip


def _outside(row: OutsideCertificate) -> Evidence:
    return Evidence(
        row.person_id, row.code, False, row.title, row.organiser, row.number, row.starts_on, row.ends_on, row.jp,
        row.file, getattr(row, "relevance", None),
    )  # fmt: skip


def years_counted(table: Sequence[IndexRule], kind: str, group: str, ends_on: date) -> tuple[int, int | None]:
    """From the window of the row that asks for this kind of learning: the year of its last day and those after it.

    While the kind of post is not said, the row of any group serves.
    """
    rows = [rule for rule in table if rule.kind == kind and _asks(rule, rule.group)]
    own = [rule for rule in rows if rule.group in {"", group}]
    window = next((rule.window for rule in own or rows), None)
    return ends_on.year, ends_on.year + window - 1 if window else None


def kind_words(evidence: Evidence) -> str:
    return str(LearningKind(evidence.relevance.kind).label) if evidence.relevance else _("not decided yet")

"""Competency profiles: what the post requires against what an assessor confirmed, and what trainings propose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.credentials.enums import AwardState
from enggang.people.enums import CompetencyKind
from enggang.people.models import Competency, Employment, Person, RequiredLevel
from enggang.places.models.organisation import below_any
from enggang.places.queries.dated import closest, serves
from enggang.seats.enums import ClaimState
from enggang.training.enums import Outcome
from enggang.training.models import Assessment, ProgrammeCompetency, Registration
from enggang.training.rules import SEES_PROFILES

STANDING_AWARDS = (AwardState.RESERVED, AwardState.ISSUED)  # its paper may still be being drawn
AT_ONCE = 500  # people asked for in one question (SQLite allows 999 values)
METHOD = gettext_lazy(
    "Required is what the catalogue asks of the kind of post today. Shown is the newest level that an assessor confirmed. "
    "The gap is required minus shown; it is not reckoned where one of the two is unknown. "
    "A training proposes a level once it is passed and the certificate is valid; it confirms nothing by itself."
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A level that a completed wave may have shown, until an assessor has judged it."""

    registration: Registration
    competency: Competency
    level: int


@dataclass(slots=True)
class CompetencyLine:
    competency: Competency
    required: RequiredLevel | None = None
    shown: Assessment | None = None
    proposed: list[Proposed] = field(default_factory=list)

    @property
    def gap(self) -> int | None:
        """Levels missing, 0 when the post's level is reached; None where one of the two is unknown."""
        if self.required is None or self.shown is None or self.shown.level is None:
            return None
        return max(0, self.required.level - self.shown.level)

    @property
    def says(self) -> str:
        if self.gap:
            return _("%(gap)s below the required level") % {"gap": self.gap}
        if self.gap == 0:
            return _("Reached")
        return _("Not assessed yet") if self.shown is None else _("No level is required")

    @property
    def tone(self) -> str:
        return "warn" if self.gap else "good" if self.gap == 0 else "neutral"


@dataclass(slots=True)
class Profile:
    """Of one present employment."""

    employment: Employment
    lines: list[CompetencyLine]

    @property
    def gaps(self) -> list[CompetencyLine]:
        return [line for line in self.lines if line.gap]

    @property
    def missing(self) -> list[CompetencyLine]:
        """Required, and nobody has assessed it yet."""
        return [line for line in self.lines if line.required and line.shown is None]

    @property
    def waiting(self) -> int:
        return sum(len(line.proposed) for line in self.lines)

    @property
    def by_kind(self) -> list[tuple[str, list[CompetencyLine]]]:
        kinds = [
            (str(kind.label), [line for line in self.lines if line.competency.kind == kind]) for kind in CompetencyKind
        ]
        return [(label, lines) for label, lines in kinds if lines]


def staff_of(actor: Actor) -> QuerySet[Employment]:
    """The present employments whose profiles the actor may read."""
    here = below_any(actor.paths(*SEES_PROFILES), "organisation__path")
    rows = Employment.objects.present().filter(here)
    return rows.select_related("person__subject", "organisation__subject", "post_type")


def profiles_of(employments: Sequence[Employment]) -> list[Profile]:
    """A profile per employment, in their order. Six questions for the first 500 people, three for each 500 more."""
    people = [row.person_id for row in employments]
    catalogue = list(Competency.objects.on(clock.today()).select_related("organisation"))
    required = _required(employments, clock.today())
    shown, proposed = _shown(people), proposals_of(people)
    return [
        _profile(row, catalogue, required, shown.get(row.person_id, {}), proposed.get(row.person_id, []))
        for row in employments
    ]


def _required(employments: Sequence[Employment], day: date) -> list[RequiredLevel]:
    types = {row.post_type_id for row in employments if row.post_type_id}
    rows = RequiredLevel.objects.on(day).filter(post_type__in=types)
    return list(rows.select_related("competency", "organisation"))


def in_hundreds(people: Iterable[int]) -> Iterator[list[int]]:
    ids = sorted(set(people))
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _shown(people: Iterable[int]) -> dict[int, dict[int, Assessment]]:
    """The newest confirmed finding by person and competency."""
    found: dict[int, dict[int, Assessment]] = defaultdict(dict)
    for part in in_hundreds(people):
        rows = Assessment.objects.confirmed().filter(person__in=part).order_by("assessed_on", "pk")
        for row in rows.select_related("competency", "registration"):
            found[row.person_id][row.competency_id] = row
    return found


def proposals_of(people: Iterable[int]) -> dict[int, list[Proposed]]:
    """What completed waves propose and nobody has judged: passed, and the certificate is valid."""
    found: dict[int, list[Proposed]] = defaultdict(list)
    for part in in_hundreds(people):
        rows = list(
            completed_waves().filter(person__in=part).select_related("wave__programme", "subject", "award__subject")
        )
        named = named_by({row.wave.programme_id for row in rows})
        judged = set(
            Assessment.objects.standing().filter(registration__in=rows).values_list("registration_id", "competency_id")
        )
        for row in rows:
            for each in named[row.wave.programme_id]:
                if (row.pk, each.competency_id) not in judged:
                    found[row.person_id].append(Proposed(row, each.competency, each.level))
    return found


def completed_waves() -> QuerySet[Registration]:
    passed = Registration.objects.filter(outcome=Outcome.PASSED, claim__state=ClaimState.CONFIRMED)
    names = ProgrammeCompetency.objects.filter(programme=OuterRef("wave__programme"))
    return passed.filter(Exists(names), award__state__in=STANDING_AWARDS).order_by("pk")


def named_by(programmes: set[int]) -> Mapping[int, list[ProgrammeCompetency]]:
    named: dict[int, list[ProgrammeCompetency]] = defaultdict(list)
    for row in ProgrammeCompetency.objects.filter(programme__in=programmes).select_related("competency"):
        named[row.programme_id].append(row)
    return named


def _profile(
    work: Employment,
    catalogue: Sequence[Competency],
    required: Sequence[RequiredLevel],
    own: Mapping[int, Assessment],
    proposed: Sequence[Proposed],
) -> Profile:
    path = work.organisation.path
    asked = (row for row in required if row.post_type_id == work.post_type_id and serves(row, path))
    levels = closest(asked, lambda row: row.competency_id)
    lines = {row.pk: CompetencyLine(row) for row in catalogue if serves(row, path)}
    for each in _named_elsewhere(levels.values(), own.values(), proposed):
        lines.setdefault(each.pk, CompetencyLine(each))
    for pk, line in lines.items():
        line.required, line.shown = levels.get(pk), own.get(pk)
        line.proposed = [each for each in proposed if each.competency.pk == pk]
    kept = [line for line in lines.values() if _is_shown(line)]
    return Profile(work, sorted(kept, key=_order))


def _named_elsewhere(
    levels: Iterable[RequiredLevel], own: Iterable[Assessment], proposed: Iterable[Proposed]
) -> Iterator[Competency]:
    """Competencies of rows that have ended or belong to another agency, and yet speak of this person."""
    yield from (row.competency for row in levels)
    yield from (row.competency for row in own)
    yield from (row.competency for row in proposed)


def _is_shown(line: CompetencyLine) -> bool:
    """Of the technical ones only those that concern the person: a dictionary may hold hundreds."""
    concerns = line.required or line.shown or line.proposed
    return bool(concerns) or line.competency.kind != CompetencyKind.TECHNICAL


def _order(line: CompetencyLine) -> tuple[int, int, str]:
    kinds = list(CompetencyKind)
    return kinds.index(CompetencyKind(line.competency.kind)), line.competency.position, line.competency.name


def assessable(person: Person, path: str) -> QuerySet[Competency]:
    """What an assessor may judge of a person at an agency: its catalogue of today, and what is proposed."""
    named = {each.competency.pk for each in proposals_of([person.pk]).get(person.pk, [])}
    serving = [
        row.pk for row in Competency.objects.on(clock.today()).select_related("organisation") if serves(row, path)
    ]
    rows: QuerySet[Competency] = Competency.objects.filter(pk__in={*serving, *named})
    return rows

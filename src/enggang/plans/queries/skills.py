"""What the people of a committee have shown, against what its sections need. Other apps know the people's record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from enggang.core import clock, registries
from enggang.core.actor import Actor
from enggang.core.registries import Remedy
from enggang.people.enums import CompetencyKind
from enggang.people.models import Competency
from enggang.plans.models import Member, Plan, Section, SectionNeed


@dataclass(frozen=True, slots=True)
class Shown:
    """The highest level at which somebody has shown a competency, and what that rests on."""

    competency: Competency
    level: int
    basis: str


@dataclass(frozen=True, slots=True)
class Lack:
    """A need of a section with who meets it; without anybody the trainings that would help."""

    need: SectionNeed
    holders: list[Member]
    remedies: list[Remedy] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        return not self.holders


def shown_by(members: Sequence[Member], actor: Actor) -> dict[int, list[Shown]]:
    """By the id of the member, best first; whoever is only a name and a number has nothing on record."""
    by_person = {row.person_id: row.pk for row in members if row.person_id is not None}
    best: dict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
    for ask in registries.skills:
        for person, rows in ask(list(by_person), actor).items():
            for row in rows:
                known = best[person].get(row.competency_id)
                if known is None or row.level > known[0]:
                    best[person][row.competency_id] = (row.level, row.basis)
    names = Competency.objects.in_bulk({pk for rows in best.values() for pk in rows})
    found = {
        by_person[person]: [Shown(names[pk], level, basis) for pk, (level, basis) in rows.items()]
        for person, rows in best.items()
    }
    return {pk: sorted(rows, key=lambda row: (-row.level, row.competency.name)) for pk, rows in found.items()}


def lacks_of(
    sections: Sequence[Section], members: Sequence[Member], shown: dict[int, list[Shown]], actor: Actor
) -> dict[int, list[Lack]]:
    """By the id of the section. Somebody who leads the whole committee stands for no section."""
    needs = list(SectionNeed.objects.filter(section__in=sections).select_related("competency"))
    found: dict[int, list[Lack]] = defaultdict(list)
    missing = []
    for need in needs:
        holders = [
            row for row in members
            if row.section_id == need.section_id and any(
                each.competency.pk == need.competency_id and each.level >= need.level for each in shown.get(row.pk, [])
            )
        ]  # fmt: skip
        lack = Lack(need, holders)
        found[need.section_id].append(lack)
        if lack.is_missing:
            missing.append(lack)
    _help(missing, actor)
    return found


def _help(missing: Sequence[Lack], actor: Actor) -> None:
    wanted = sorted({lack.need.competency_id for lack in missing})
    rows = [row for ask in registries.remedies for row in ask(wanted, actor)] if wanted else []
    for lack in missing:
        lack.remedies.extend(
            row for row in rows if row.competency_id == lack.need.competency_id and row.level >= lack.need.level
        )


def offered(plan: Plan) -> list[Competency]:
    """The catalogue that holds for the plan's agency today; core values have no level."""
    rows = Competency.objects.serving(plan.organisation).on(clock.today()).exclude(kind=CompetencyKind.VALUE)
    return list(rows)

"""Training needs as lists and calls show them: summed, suggested by profiles, and how far a call meets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from enggang.core import clock
from enggang.people.models import Competency, Employment, Person
from enggang.places.models import Organisation
from enggang.places.models.organisation import below
from enggang.training.enums import NeedState
from enggang.training.models import Call, CallAgency, Need, Programme
from enggang.training.models.need import NeedQuerySet
from enggang.training.queries.profile import Profile, profiles_of

MOST_SUGGESTED = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A competency in which these people of an agency are below what their posts require."""

    competency: Competency
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """How far a call meets the needs it took up. ``nominated`` counts no more people than a need asks for."""

    needs: tuple[Need, ...]

    @property
    def people(self) -> int:
        return sum(need.number for need in self.needs)

    @property
    def nominated(self) -> int:
        return sum(min(need.number, _nominated(need)) for need in self.needs)

    @property
    def met(self) -> int:
        """Needs that have as many nominations as people."""
        return sum(_nominated(need) >= need.number for need in self.needs)


def _nominated(need: Need) -> int:
    return int(need.nominated)  # type: ignore[attr-defined]


def met_by(call: Call) -> Met:
    return Met(tuple(call.needs.counted().with_names().order_by("priority", "agency__path", "pk")))


def gaps(profiles: Iterable[Profile]) -> list[Suggestion]:
    """In which competencies most people are below what is required: what to train next."""
    names: dict[int, Competency] = {}
    people: dict[int, list[Person]] = defaultdict(list)
    for profile in profiles:
        for line in profile.gaps:
            names[line.competency.pk] = line.competency
            people[line.competency.pk].append(profile.employment.person)
    found = [Suggestion(names[pk], tuple(rows)) for pk, rows in people.items()]
    return sorted(found, key=lambda each: (-len(each.people), str(each.competency)))[:MOST_SUGGESTED]


def suggested(agency: Organisation) -> list[Suggestion]:
    """What the profiles of an agency's present staff say; as many questions for all of them as for one."""
    rows = Employment.objects.present().filter(below(agency.path, "organisation__path"))
    rows = rows.select_related("person__subject", "organisation__subject", "post_type")
    return gaps(profiles_of(list(rows.order_by("person__name_key", "pk"))))


def open_for(programme: Programme) -> NeedQuerySet:
    """What a call of the programme may take up: needs of it, and of no programme stated to its organiser."""
    own = Q(programme=programme) | Q(programme=None, organiser=programme.organisation_id)
    return Need.objects.open().filter(own, year__gte=clock.today().year).with_names()


def answerable(invited: CallAgency) -> NeedQuerySet:
    """Needs of an agency that a nomination in its call may answer: taken up by the call, or open to its organiser."""
    call = invited.call
    free = Q(state=NeedState.STATED, organiser=call.organisation_id) & (
        Q(programme=None) | Q(programme=call.programme_id)
    )
    here = below(invited.agency.path, "agency__path")
    return Need.objects.filter(here, Q(state=NeedState.PLANNED, call=call) | free).with_names()


def naming(invited: CallAgency, person: Person) -> Need | None:
    """The need that the call took up and that names the person."""
    rows = answerable(invited).filter(state=NeedState.PLANNED, people=person)
    return rows.order_by("priority", "pk").first()


def quotas_for(needs: Sequence[Need], seats: int) -> dict[Organisation, int]:
    """Seats per agency for what it needs, at most ``seats`` in all: the higher priority first, then in proportion.

    What is left by rounding goes to the largest remainders (Hare), so that the sum is exact.
    """
    found: dict[Organisation, int] = dict.fromkeys((need.agency for need in needs), 0)
    for priority in sorted({need.priority for need in needs}):
        wanted: dict[Organisation, int] = defaultdict(int)
        for need in needs:
            if need.priority == priority:
                wanted[need.agency] += need.number
        given = _shared(wanted, seats)
        seats -= sum(given.values())
        for agency, number in given.items():
            found[agency] += number
    return found


def _shared(wanted: Mapping[Organisation, int], seats: int) -> dict[Organisation, int]:
    total = sum(wanted.values())
    if total <= seats:
        return dict(wanted)
    given = {agency: number * seats // total for agency, number in wanted.items()}
    rest = sorted(wanted, key=lambda agency: (-(wanted[agency] * seats % total), agency.path))
    for agency in rest[: seats - sum(given.values())]:
        given[agency] += 1
    return given

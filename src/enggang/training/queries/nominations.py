"""What a call shows: seats, nominations in each agency's order, and the flags beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, Prefetch, Q, When
from django.utils.translation import gettext as _

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people.models import Employment, Person
from enggang.people.models.person import PersonQuerySet
from enggang.places.models.organisation import below, below_any
from enggang.seats.enums import ClaimState
from enggang.seats.models import Pool
from enggang.training.enums import STANDING, CallState, NominationState, WaveState
from enggang.training.models import Call, CallAgency, Nomination, Registration, Wave
from enggang.training.models.learning import title_key
from enggang.training.models.nomination import CallAgencyQuerySet, NominationQuerySet
from enggang.training.queries.learning import trained_in

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class WaveRoom:
    wave: Wave
    pools: tuple[Pool, ...]

    @property
    def size(self) -> int:
        return sum(pool.size for pool in self.pools)

    @property
    def free(self) -> int:
        return sum(pool.free for pool in self.pools)

    @property
    def quotas(self) -> tuple[Pool, ...]:
        """The quotas by name, where the wave has more than one."""
        return self.pools if len(self.pools) > 1 else ()


@dataclass(frozen=True, slots=True)
class AgencyLine:
    invited: CallAgency
    nominated: int
    approved: int

    @property
    def left(self) -> int:
        return max(0, self.invited.quota - self.nominated)


@dataclass(slots=True)
class NominationLine:
    """``rank`` counts within the agency; ``clash`` names another training on the days of some wave of the call, never the seat that came of it."""

    nomination: Nomination
    rank: int
    over: bool
    trained: str
    clash: str
    blocked: frozenset[int]

    @property
    def flags(self) -> list[str]:
        found = []
        if self.over:
            found.append(_("over the quota"))
        if self.trained:
            found.append(_("already trained: %(what)s") % {"what": self.trained})
        if self.clash:
            found.append(_("clash: %(what)s") % {"what": self.clash})
        return found


def rooms(call: Call) -> list[WaveRoom]:
    """Every wave of the call with its quotas; two queries."""
    waves = list(call.waves.select_related("subject", "programme").order_by("starts_on", "pk"))
    pools: dict[int, list[Pool]] = defaultdict(list)
    rows = Pool.objects.filter(offer__in=[wave.offer_id for wave in waves]).select_related("organisation")
    for pool in rows.order_by("position", "pk"):
        pools[pool.offer_id].append(pool)
    return [WaveRoom(wave, tuple(pools[wave.offer_id])) for wave in waves]


def works_of(people: Iterable[int]) -> dict[int, Employment]:
    """Where and as what these people work now, which says which quotas they may sit in."""
    ids = sorted(set(people))
    found: dict[int, Employment] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = Employment.objects.present().filter(person__in=ids[start : start + AT_ONCE])
        found |= {row.person_id: row for row in rows.select_related("organisation")}
    return found


def agency_lines(call: Call) -> list[AgencyLine]:
    standing, good = Q(nominations__state__in=STANDING), [NominationState.APPROVED, NominationState.PLACED]
    rows = call.agencies.select_related("subject", "agency").annotate(
        nominated=Count("nominations", filter=standing),
        approved=Count("nominations", filter=Q(nominations__state__in=good)),
    )
    rows = rows.order_by(F("ended_at").asc(nulls_first=True), "agency__name", "pk")
    return [AgencyLine(row, row.nominated, row.approved) for row in rows]  # type: ignore[attr-defined]


def nomination_lines(call: Call, rows: Iterable[Nomination]) -> list[NominationLine]:
    """The flags of these nominations, which come in each agency's order. A fixed number of queries for every 500."""
    found = list(rows)
    people = [row.person_id for row in found]
    trained = trained_in(call.programme_id, title_key(call.programme.title), people)
    clashes = clashes_of(call, people)
    lines, places = [], _places({row.invited_id for row in found})
    for row in found:
        rank = places.get(row.pk, 0)
        seats = clashes.get(row.person_id, {})
        elsewhere = {str(each.wave) for met in seats.values() for each in met if each.pk != row.registration_id}
        lines.append(
            NominationLine(
                row,
                rank,
                row.stands and rank > row.invited.quota,
                trained.get(row.person_id, ""),
                ", ".join(sorted(elsewhere)),
                frozenset(seats),
            )
        )
    return lines


def _places(invited: set[int]) -> dict[int, int]:
    """Where each standing nomination stands in its agency's order, from 1."""
    found: dict[int, int] = {}
    last, place = 0, 0
    rows = Nomination.objects.standing().filter(invited__in=invited).order_by("invited", "priority", "pk")
    for pk, invited_id in rows.values_list("pk", "invited_id"):
        place = place + 1 if invited_id == last else 1
        last, found[pk] = invited_id, place
    return found


def clashes_of(call: Call, people: Iterable[int]) -> dict[int, dict[int, list[Registration]]]:
    """By person and wave of the call: their seats in waves whose days meet, which may be the one they were placed in."""
    waves = list(call.waves.all())
    if not waves:
        return {}
    ids = sorted(set(people))
    found: dict[int, dict[int, list[Registration]]] = defaultdict(lambda: defaultdict(list))
    first, last = min(wave.starts_on for wave in waves), max(wave.ends_on for wave in waves)
    for start in range(0, len(ids), AT_ONCE):
        rows = Registration.objects.filter(
            person__in=ids[start : start + AT_ONCE], wave__starts_on__lte=last, wave__ends_on__gte=first,
            claim__state__in=[ClaimState.CONFIRMED, ClaimState.HELD],
        )  # fmt: skip
        for row in rows.exclude(wave__state=WaveState.CANCELLED).select_related("wave__programme"):
            for wave in waves:
                if row.wave.starts_on <= wave.ends_on and wave.starts_on <= row.wave.ends_on:
                    found[row.person_id][wave.pk].append(row)
    return found


def in_order(call: Call) -> NominationQuerySet:
    return (
        Nomination.objects.filter(invited__call=call)
        .with_names()
        .with_papers()
        .order_by("invited__agency__name", "invited", "priority", "pk")
    )


def staff_to_nominate(invited: CallAgency, text: str = "") -> PersonQuerySet:
    """The agency's present staff who are not nominated in this call, by name."""
    work = Employment.objects.present().filter(below(invited.agency.path, "organisation__path"))
    taken = Nomination.objects.standing().filter(invited__call=invited.call_id)
    people = Person.objects.filter(employments__in=work, merged_into=None).exclude(nominations__in=taken)
    present = Prefetch("employments", work.select_related("organisation"))
    return (
        people.matching(text[:100])
        .select_related("subject")
        .prefetch_related(present)
        .order_by("name_key", "pk")
        .distinct()
    )


def calls_to(actor: Actor) -> CallAgencyQuerySet:
    """Where the agencies of a coordinator are called, open calls first, with how many they have nominated."""
    mine = below_any(actor.paths(Role.COORDINATOR), "agency__path")
    rows = CallAgency.objects.filter(mine).exclude(call__state=CallState.DRAFT).with_names()
    rows = rows.annotate(nominated=Count("nominations", filter=Q(nominations__state__in=STANDING)))
    now = Case(When(call__state=CallState.OPEN, call__deadline__gt=clock.now(), ended_at=None, then=0), default=1)
    return rows.order_by(now, "-call__deadline", "agency__path", "pk")


def deciding_lines(rows: Iterable[Nomination]) -> list[NominationLine]:
    """The flags of nominations of several calls, in the order they come in: some queries for each call."""
    found = list(rows)
    calls = {row.invited.call_id: row.invited.call for row in found}
    by_id = {
        line.nomination.pk: line
        for pk, call in calls.items()
        for line in nomination_lines(call, [row for row in found if row.invited.call_id == pk])
    }
    return [by_id[row.pk] for row in found]


def to_decide(actor: Actor) -> NominationQuerySet:
    """Nominations that wait for this actor's word, the most pressing first."""
    rows = Nomination.objects.awaiting(actor).with_names().prefetch_related("invited__call__waves")
    return rows.order_by("invited__call__deadline", "priority", "pk")


def superior_user(nomination: Nomination) -> int | None:
    """The account of the person's present superior."""
    work = nomination.person.employments.present().select_related("superior").first()
    return work.superior.user_id if work and work.superior else None


def on_paper(call: Call, agency: str = "") -> NominationQuerySet:
    """Who waits for somebody other than the organiser, of one agency or of all, by agency and priority."""
    rows = Nomination.objects.filter(invited__call=call).awaiting_others()
    rows = rows.filter(invited__subject__code=agency) if agency else rows
    return rows.with_names().order_by("invited__agency__name", "invited", "priority", "pk")

"""What the seats page shows: who waits, who is proposed, who never came, and which quotas may be divided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from enggang.attendance.enums import Status
from enggang.attendance.models import Mark
from enggang.core.actor import Actor
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any
from enggang.seats.enums import ClaimState
from enggang.seats.models import Pool
from enggang.seats.queries.offers import PoolCount, held_by_pool, seats_by_pool
from enggang.seats.queries.owners import owners_of
from enggang.seats.queries.waiting import proposals, waiting_list
from enggang.seats.rules import may_divide
from enggang.training.models import Registration, Wave
from enggang.training.queries.concerned import closed_occasions
from enggang.training.rules import KEEPS_STAFF

SHOWN = 200


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """``divisible``: the agencies its owner may cut parts for; ``parts`` what they have."""

    count: PoolCount
    held: int


@dataclass(frozen=True, slots=True)
class WaitingLine:
    registration: Registration
    rank: int
    skipped: bool
    quota: str


@dataclass(frozen=True, slots=True)
class ProposalLine:
    pool: Pool
    registration: Registration


@dataclass(frozen=True, slots=True)
class Division:
    """A quota its owner may divide, with the agencies below the owner."""

    pool: Pool
    agencies: list[Organisation]


def quota_lines(wave: Wave) -> list[QuotaLine]:
    held = held_by_pool(wave.offer)
    return [QuotaLine(count, held.get(count.pool_id, 0)) for count in seats_by_pool(wave.offer)]


def waiting_lines(wave: Wave, actor: Actor, *, most: int | None = SHOWN) -> list[WaitingLine]:
    """The waiting list in order, as far as the actor may see the people in it."""
    lines = waiting_list(wave.offer)
    seen = _registrations(wave, actor, [line.claim.pk for line in lines[:most]])
    return [
        WaitingLine(
            seen[line.claim.pk],
            line.rank,
            line.claim.passed_over_at is not None,
            line.claim.wish.name if line.claim.wish else "",
        )
        for line in lines
        if line.claim.pk in seen
    ]


def proposal_lines(wave: Wave, actor: Actor) -> list[ProposalLine]:
    found = proposals(wave.offer)
    seen = _registrations(wave, actor, [claim.pk for _pool, claim in found])
    return [ProposalLine(pool, seen[claim.pk]) for pool, claim in found if claim.pk in seen]


def _registrations(wave: Wave, actor: Actor, claims: list[int]) -> dict[int, Registration]:
    rows = wave.registrations.visible_to(actor).with_names().filter(claim__in=claims)
    return {row.claim_id: row for row in rows}


def no_shows(wave: Wave, *, most: int | None = SHOWN) -> list[Registration]:
    """Who has a seat and was marked absent, or not at all, at every session whose list is closed.

    Closed as the pass list counts it. Leave and sickness are told, so they are no no-show. None before the first list.
    """
    sessions = list(wave.sessions.planned().select_related("wave"))
    rows = Mark.objects.filter(occasion__in=[row.occasion_id for row in sessions])
    taken = closed_occasions(sessions, set(rows.values_list("occasion_id", flat=True).distinct()))
    if not taken:
        return []
    seen = Mark.objects.filter(occasion__in=taken, holder=OuterRef("person__subject")).exclude(status=Status.ABSENT)
    people = wave.registrations.seated().with_names().filter(~Exists(seen))
    return list(people.order_by("person__name_key", "pk")[:most])


def divisions(wave: Wave, actor: Actor) -> list[Division]:
    """The quotas of the wave that the actor may divide among agencies below their owner. Four queries for any number."""
    pools = list(_owned_pools([wave.offer_id]).prefetch_related("parts__organisation"))
    owners = {pk: owner for pk, owner in owners_of(pools).items() if may_divide(actor, wave.organisation, owner)}
    return _divided(pools, owners)


def divisible(offers: Collection[int], actor: Actor) -> dict[int, list[Pool]]:
    """By offer (id) the quotas that a coordinator may divide. Three queries for any number."""
    pools = list(_owned_pools(offers))
    owners = {pk: owner for pk, owner in owners_of(pools).items() if actor.holds(*KEEPS_STAFF, at=owner.path)}
    found: dict[int, list[Pool]] = {}
    for division in _divided(pools, owners):
        found.setdefault(division.pool.offer_id, []).append(division.pool)
    return found


def _owned_pools(offers: Collection[int]) -> QuerySet[Pool]:
    rows = Pool.objects.filter(offer__in=offers, parent__isnull=True).exclude(organisation=None, region=None)
    return rows.select_related("organisation").order_by("position", "pk")


def _divided(pools: list[Pool], owners: dict[int, Organisation]) -> list[Division]:
    if not owners:
        return []
    below = Organisation.objects.on().filter(below_any(tuple(owner.path for owner in owners.values())))
    agencies = list(below.select_related("subject").order_by("name"))
    found = [(pool, _below(owners[pool.pk], agencies)) for pool in pools if pool.pk in owners]
    return [Division(pool, mine) for pool, mine in found if mine]


def _below(owner: Organisation, agencies: list[Organisation]) -> list[Organisation]:
    return [each for each in agencies if each.pk != owner.pk and each.path.startswith(owner.path)]


def substitutes(registration: Registration, text: str = "") -> QuerySet[Person]:
    """Staff of the same agency who have no seat in the wave, by name."""
    work = Employment.objects.present().filter(organisation_id=registration.agency_id)
    seated = Registration.objects.filter(
        wave_id=registration.wave_id, claim__state__in=[ClaimState.HELD, ClaimState.CONFIRMED]
    )
    people = Person.objects.filter(employments__in=work).exclude(registrations__in=seated)
    text = text.replace("\x00", "").strip()[:100]
    if text:
        people = people.filter(name__icontains=text)
    present = Prefetch("employments", work.select_related("organisation"))
    return people.select_related("subject").prefetch_related(present).order_by("name_key", "pk").distinct()

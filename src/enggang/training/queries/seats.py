"""What the seats page shows: who waits, who is proposed, who never came, and which quotas may be divided."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from enggang.attendance.enums import Status
from enggang.attendance.models import Mark
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation
from enggang.seats.enums import ClaimState
from enggang.seats.models import Pool
from enggang.seats.queries.offers import PoolCount, held_by_pool, seats_by_pool
from enggang.seats.queries.waiting import proposals, waiting_list
from enggang.seats.rules import may_divide
from enggang.training.models import Registration, Wave

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


def waiting_lines(wave: Wave, actor: Actor) -> list[WaitingLine]:
    """The waiting list in order, as far as the actor may see the people in it."""
    lines = waiting_list(wave.offer)
    seen = _registrations(wave, actor, [line.claim.pk for line in lines[:SHOWN]])
    return [
        WaitingLine(
            seen[line.claim.pk],
            line.rank,
            line.claim.passed_over_at is not None,
            line.claim.wish.label if line.claim.wish else "",
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


def no_shows(wave: Wave) -> list[Registration]:
    """Who has a seat and was marked absent, or not at all, at every past session whose list was taken.

    Leave and sickness are told, so they are no no-show. None before the first list.
    """
    past = [row.occasion_id for row in wave.sessions.planned().select_related("wave") if row.ends_at <= clock.now()]
    taken = set(Mark.objects.filter(occasion__in=past).values_list("occasion_id", flat=True).distinct())
    if not taken:
        return []
    seen = Mark.objects.filter(occasion__in=taken, holder=OuterRef("person__subject")).exclude(status=Status.ABSENT)
    rows = wave.registrations.seated().with_names().filter(~Exists(seen))
    return list(rows.order_by("person__name_key", "pk")[:SHOWN])


def divisions(wave: Wave, actor: Actor) -> list[Division]:
    """The quotas of the wave that the actor may divide among agencies below their owner."""
    rows = wave.offer.pools.filter(organisation__isnull=False, parent__isnull=True)
    pools = [
        pool
        for pool in rows.select_related("organisation").prefetch_related("parts__organisation")
        if pool.organisation and may_divide(actor, wave.organisation, pool.organisation)
    ]
    return [Division(pool, agencies) for pool in pools if (agencies := agencies_below(pool))]


def agencies_below(pool: Pool) -> list[Organisation]:
    owner = pool.organisation
    if owner is None:
        return []
    rows = Organisation.objects.on().filter(path__startswith=owner.path).exclude(pk=owner.pk)
    return list(rows.order_by("name"))


def substitutes(registration: Registration, text: str = "") -> QuerySet[Person]:
    """Staff of the same agency who have no seat in the wave, by name."""
    work = Employment.objects.filter(ends_on__isnull=True, organisation_id=registration.agency_id)
    seated = Registration.objects.filter(
        wave_id=registration.wave_id, claim__state__in=[ClaimState.HELD, ClaimState.CONFIRMED]
    )
    people = Person.objects.filter(employments__in=work).exclude(registrations__in=seated)
    text = text.replace("\x00", "").strip()[:100]
    if text:
        people = people.filter(name__icontains=text)
    present = Prefetch("employments", work.select_related("organisation"))
    return people.select_related("subject").prefetch_related(present).order_by("name_key", "pk").distinct()

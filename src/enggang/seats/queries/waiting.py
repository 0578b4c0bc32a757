"""The waiting list as it is read at promotion, and as the organiser sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from enggang.seats.enums import Promotion
from enggang.seats.models import Admission, Claim, Offer, Pool
from enggang.seats.models.claim import ClaimQuerySet


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the list: ``rank`` counts from 1 within the quota the claim wished, and is provisional."""

    claim: Claim
    rank: int


def waiting_for(pool: Pool) -> ClaimQuerySet:
    """Everybody who may sit in ``pool``, first come first: its own, those of its parts and those it admits as well;
    in an open pool anyone."""
    rows = Claim.objects.waiting().filter(offer_id=pool.offer_id)
    return rows if pool.is_open_to_all else rows.filter(_has_a_right_to(pool))


def _has_a_right_to(pool: Pool) -> Q:
    return Q(wish=pool) | Q(wish__parent=pool) | Q(Exists(Admission.objects.filter(claim=OuterRef("pk"), pool=pool)))


def next_for(pool: Pool, passed: Collection[int] = (), spare: int = 0) -> Claim | None:
    """Who is next for the free seats of ``pool``: who wished it, then whoever else it is for, then anyone when it is
    open. When nobody of them is left, ``spare`` of its seats may go to others: first to those of the quota that this
    one was cut from, then to anyone who waits.

    Passed over are claims for more seats than are free, those an organiser has skipped, and ``passed``.
    """
    fitting = waiting_for(pool).filter(quantity__lte=pool.free, passed_over_at__isnull=True).exclude(pk__in=passed)
    own = fitting.filter(wish=pool).first() or fitting.exclude(wish=pool).first()
    return own or (_from_elsewhere(pool, passed, min(spare, pool.free)) if spare > 0 else None)


def _from_elsewhere(pool: Pool, passed: Collection[int], spare: int) -> Claim | None:
    rows = Claim.objects.waiting().filter(offer_id=pool.offer_id, quantity__lte=spare, passed_over_at__isnull=True)
    rows = rows.exclude(pk__in=passed)
    family = Q(wish=pool.parent_id) | Q(wish__parent=pool.parent_id)
    return (rows.filter(family).first() if pool.parent_id else None) or rows.first()


def proposals(offer: Offer) -> list[tuple[Pool, Claim]]:
    """For every quota with a free seat, who is next for it; nobody twice. None when the list moves by itself."""
    if offer.promotion == Promotion.AUTOMATIC:
        return []
    found: list[tuple[Pool, Claim]] = []
    named: set[int] = set()
    for pool in offer.pools.order_by("position", "pk"):
        claim = next_for(pool, named, pool.free if offer.then_open else 0) if pool.free > 0 else None
        if claim:
            named.add(claim.pk)
            found.append((pool, claim))
    return found


def waiting_list(offer: Offer) -> list[Waiting]:
    """Everybody who waits, with their rank in the quota they wished; one query."""
    ranks: dict[int | None, int] = {}
    lines = []
    for claim in Claim.objects.waiting().filter(offer=offer).select_related("wish", "holder"):
        ranks[claim.wish_id] = ranks.get(claim.wish_id, 0) + 1
        lines.append(Waiting(claim, ranks[claim.wish_id]))
    return lines

"""Who gets a seat that became free. Always called under the pool's lock, inside the act that freed it."""

from __future__ import annotations

from django.db.models import F, Q

from enggang.core.actor import Actor
from enggang.core.acts import act, record
from enggang.seats.enums import ClaimState
from enggang.seats.models import Claim, Pool
from enggang.seats.signals import claim_promoted


def fill(*, pool: Pool, actor: Actor) -> list[Claim]:
    """Seat waiting claims while one fits: first those who asked in this quota, then, in an open pool, anyone.

    A claim for more seats than are free is passed over, not lost: an empty chair serves nobody.
    The caller has updated the pool's row in this transaction and so holds its lock.
    """
    promoted: list[Claim] = []
    passed: set[int] = set()
    pool.refresh_from_db(fields=["size", "taken"])
    while pool.free > 0 and (claim := _next(pool, passed)):
        passed.add(claim.pk)
        if _seat(claim, pool):
            promoted.append(promote_claim(claim=claim, pool=pool, actor=actor))
    return promoted


def _next(pool: Pool, passed: set[int]) -> Claim | None:
    fitting = Claim.objects.waiting().filter(offer_id=pool.offer_id, quantity__lte=pool.free).exclude(pk__in=passed)
    own = fitting.filter(wish=pool).first()
    return own or (fitting.filter(~Q(wish=pool)).first() if pool.is_open_to_all else None)


def _seat(claim: Claim, pool: Pool) -> bool:
    """False when the claim was withdrawn in the same moment."""
    rows = Claim.objects.filter(pk=claim.pk, state=ClaimState.WAITING)
    return bool(rows.update(state=ClaimState.CONFIRMED, pool=pool))


@act("seats.promote_claim")
def promote_claim(*, claim: Claim, pool: Pool, actor: Actor) -> Claim:
    """Count the seats of a claim that ``fill`` has just seated, and tell the domain above."""
    Pool.objects.filter(pk=pool.pk).update(taken=F("taken") + claim.quantity)
    pool.taken += claim.quantity
    claim.refresh_from_db()
    record(pool=pool.pk, quantity=claim.quantity)
    claim_promoted.send(sender=Claim, claim=claim, actor=actor)
    return claim

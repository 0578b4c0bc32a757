"""Who gets a seat that became free. Always called under the pool's lock, inside the act that freed it.

The rank is computed here, under that lock, and nowhere kept: a lower id may have been committed later. A claim may wait
for several pools, so the offer is locked behind the pool while people are seated: two pools that are filled at once
cannot block each other over the same claims. Whoever locks both takes the pools first.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.seats.domain.holding import seat_values
from enggang.seats.enums import STILL, ClaimState, Promotion
from enggang.seats.models import Claim, Offer, Pool
from enggang.seats.queries.waiting import next_for, waiting_for
from enggang.seats.rules import may_manage_offer
from enggang.seats.signals import claim_promoted

MOST_HOURS = 720


def fill(*, pool: Pool, actor: Actor, freed: int = 0) -> list[Claim]:
    """Seat waiting claims while one fits, when the offer's policy is automatic; otherwise the seat stays free.

    First those who asked in this quota or in a part of it, then, in an open pool, anyone. Of the ``freed`` seats that
    somebody has just given back, those for which nobody of the quota waits go to who waits elsewhere, when the offer
    says so; seats that a quota never gave out are kept for it. A claim for more seats than are free is passed over,
    not lost: an empty chair serves nobody. Nobody moves up in an offer that has ended or was withdrawn.
    The caller has updated the pool's row in this transaction and so holds its lock.
    """
    offer = Offer.objects.select_for_update(no_key=True).get(pk=pool.offer_id)
    if offer.promotion != Promotion.AUTOMATIC or offer.state in STILL:
        return []
    promoted: list[Claim] = []
    passed: set[int] = set()
    spare = freed if offer.then_open else 0
    pool.refresh_from_db(fields=["size", "taken"])
    while pool.free > 0 and (claim := next_for(pool, passed, spare)):
        passed.add(claim.pk)
        if _seat(claim, pool, offer):
            spare = max(spare - claim.quantity, 0)
            promoted.append(promote_claim(claim=claim, pool=pool, actor=actor))
    return promoted


def _seat(claim: Claim, pool: Pool, offer: Offer) -> bool:
    """Held when the offer asks for a confirmation. False when the claim was withdrawn in the same moment."""
    rows = Claim.objects.filter(pk=claim.pk, state=ClaimState.WAITING)
    return bool(rows.update(pool=pool, **seat_values(offer.hold_hours)))


@act("seats.promote_claim")
def promote_claim(*, claim: Claim, pool: Pool, actor: Actor) -> Claim:
    """Count the seats of a claim that has just been seated under the pool's lock, and tell the domain above."""
    Pool.objects.filter(pk=pool.pk).update(taken=F("taken") + claim.quantity)
    pool.taken += claim.quantity
    claim.refresh_from_db()
    record(pool=pool.pk, quantity=claim.quantity, state=str(claim.state))
    claim_promoted.send(sender=Claim, claim=claim, actor=actor)
    return claim


@act("seats.accept_proposal")
def accept_proposal(*, claim: Claim, pool: Pool, actor: Actor) -> Claim:
    """Seat the claim that is next for a free seat of ``pool``; Conflict when it is no longer the next."""
    offer = _managed(claim, pool, actor)
    locked = _lock(pool)
    if next_for(locked, (), locked.free if offer.then_open else 0) != claim:
        raise Conflict(_("The waiting list has moved in the meantime. Reload the page to see who is next now."))
    return _give(claim, locked, offer, actor)


@act("seats.seat_by_hand")
def seat_by_hand(*, claim: Claim, pool: Pool, actor: Actor) -> Claim:
    """Seat anyone who waits and may sit in ``pool``, out of turn; Conflict when it has no room or they are gone.

    Where freed seats then go to everyone, that is anyone who waits.
    """
    offer = _managed(claim, pool, actor)
    if offer.promotion == Promotion.AUTOMATIC:
        raise Conflict(_("This waiting list moves up by itself. Change its policy first to choose by hand."))
    locked = _lock(pool)
    in_line = Claim.objects.waiting().filter(offer=offer) if offer.then_open else waiting_for(locked)
    if not in_line.filter(pk=claim.pk).exists():
        raise Conflict(_("This person does not wait for a seat of the quota “%(pool)s”.") % {"pool": pool.name})
    return _give(claim, locked, offer, actor)


@act("seats.skip_proposal")
def skip_proposal(*, claim: Claim, actor: Actor) -> Claim:
    """Pass over a waiting claim: the next one is proposed instead. They wait on, and can be seated by hand."""
    require(may_manage_offer(actor, claim.offer.organisation))
    rows = Claim.objects.filter(pk=claim.pk, state=ClaimState.WAITING, passed_over_at__isnull=True)
    if not rows.update(passed_over_at=clock.now()):
        raise Conflict(_("The waiting list has moved in the meantime. Reload the page to see who is next now."))
    claim.refresh_from_db()
    return claim


@act("seats.change_promotion")
def change_promotion(
    *,
    offer: Offer,
    promotion: Promotion | str,
    hold_hours: int,
    late_substitution: bool,
    actor: Actor,
    then_open: bool | None = None,
    first_hold_hours: int | None = None,
) -> Offer:
    """Change how the waiting list moves; becoming automatic fills what is free at once, quota by quota.

    ``hold_hours`` (0 to 720) counts for who moves up from now on; deadlines already given stand. ``then_open``: a seat
    given back for which nobody of its quota waits goes to who waits elsewhere; None leaves that as it is, as it does
    for ``first_hold_hours``: how long a seat that is free is held for who claims it.
    """
    require(may_manage_offer(actor, offer.organisation))
    if not (0 <= hold_hours <= MOST_HOURS and 0 <= (first_hold_hours or 0) <= MOST_HOURS):
        raise Conflict(_("The time to confirm lies between 0 and 720 hours."))
    pools = locked(Pool.objects.filter(offer=offer)) if promotion == Promotion.AUTOMATIC else []
    values: dict[str, Any] = {"promotion": str(promotion), "hold_hours": hold_hours}
    values |= {"late_substitution": late_substitution}
    values |= {} if then_open is None else {"then_open": then_open}
    values |= {} if first_hold_hours is None else {"first_hold_hours": first_hold_hours}
    Offer.objects.filter(pk=offer.pk).update(**values, version=F("version") + 1)
    offer.refresh_from_db()
    record(**values)
    if offer.promotion == Promotion.AUTOMATIC:
        Claim.objects.filter(offer=offer, state=ClaimState.WAITING).update(passed_over_at=None)
        for pool in pools:
            fill(pool=pool, actor=actor)
    return offer


def _managed(claim: Claim, pool: Pool, actor: Actor) -> Offer:
    offer = claim.offer
    require(may_manage_offer(actor, offer.organisation))
    if pool.offer_id != offer.pk:
        raise Conflict(_("There is no quota for this agency here. Ask the organiser."))
    offer = Offer.objects.get(pk=offer.pk)
    if offer.state in STILL:
        raise Conflict(_("No seat of “%(offer)s” is given any more.") % {"offer": offer.title})
    return offer


def _lock(pool: Pool) -> Pool:
    return locked(Pool.objects.filter(pk=pool.pk))[0]


def locked(rows: QuerySet[Pool]) -> list[Pool]:
    """In the order of their ids, so that two who lock several cannot block each other."""
    return list(rows.select_for_update().order_by("pk"))


def _give(claim: Claim, pool: Pool, offer: Offer, actor: Actor) -> Claim:
    if claim.quantity > pool.free:
        raise Conflict(_("The quota “%(pool)s” has no free seat.") % {"pool": pool.name})
    if not _seat(claim, pool, offer):
        raise Conflict(_("This person does not wait for a seat of the quota “%(pool)s”.") % {"pool": pool.name})
    record_subject(claim.subject)
    return promote_claim(claim=claim, pool=pool, actor=actor)

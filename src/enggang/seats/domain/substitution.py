"""Another person on the same seat: the seat itself never becomes free, so nobody can take it in between."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.states import move
from enggang.seats.enums import CLAIM_MOVES, SEATED, ClaimState, OfferState
from enggang.seats.models import Claim, Offer
from enggang.seats.rules import may_manage_offer

FROM_SEAT = {state: CLAIM_MOVES[state] for state in SEATED}
FROM_LINE = {ClaimState.WAITING: CLAIM_MOVES[ClaimState.WAITING]}


@act("seats.substitute_holder")
def substitute_holder(*, claim: Claim, holder: Subject, actor: Actor, reason: str = "") -> Claim:
    """Give the seat of ``claim`` to ``holder``; answers the claim of the newcomer, confirmed in the same pool.

    The old claim is released and the newcomer's own place in the waiting list, if any, becomes this seat. Conflict
    when the seat was given back meanwhile, when the newcomer has a seat already or waits for another number of
    seats, or when registration has closed and the offer allows no late substitutes (its organiser may always).
    Whether the actor may speak for both is the caller's rule.

    Rows are taken in the order newcomer's new claim, old claim, newcomer's waiting claim, and no pool is touched:
    with promotion, which takes pool and then waiting claims, this cannot form a circle.
    """
    _check(Offer.objects.select_related("organisation").get(pk=claim.offer_id), actor)
    line = Claim.objects.standing().filter(offer_id=claim.offer_id, holder=holder).first()
    if line is not None and line.is_seated:
        raise Conflict(_("The substitute already has a seat here."))
    if line is not None and line.quantity != claim.quantity:
        raise Conflict(_("The substitute is registered for another number of seats. Withdraw that registration first."))
    newcomer = line or _write(claim, holder)
    old = move(
        claim,
        ClaimState.RELEASED,
        moves=FROM_SEAT,
        released_at=clock.now(),
        held_until=None,
        remind_at=None,
        reason=reason[:300],
    )
    newcomer = move(newcomer, ClaimState.CONFIRMED, moves=FROM_LINE, pool=old.pool, passed_over_at=None)
    record(offer=old.offer.code, replaced=old.code, pool=old.pool_id, quantity=old.quantity)
    return newcomer


def _check(offer: Offer, actor: Actor) -> None:
    if offer.state == OfferState.WITHDRAWN:
        raise Conflict(_("“%(offer)s” has been withdrawn.") % {"offer": offer.title})
    if may_manage_offer(actor, offer.organisation) or offer.late_substitution:
        return
    require(
        offer.is_open_at(clock.now()),
        _("Registration has closed, and this offer takes no substitutes after that. Ask the organiser."),
    )


def _write(claim: Claim, holder: Subject) -> Claim:
    with told(Claim):
        return Claim.objects.create(
            subject=Claim.new_subject(claim.offer.organisation.code),
            offer_id=claim.offer_id,
            holder=holder,
            wish_id=claim.wish_id,
            quantity=claim.quantity,
            created_at=clock.now(),
        )

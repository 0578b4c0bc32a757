"""A held seat: confirmed by its holder before the deadline, or given to the next when it has passed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, act, record
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.states import move
from enggang.seats.domain.claims import release_claim
from enggang.seats.enums import CLAIM_MOVES, ClaimState
from enggang.seats.models import Claim
from enggang.seats.signals import claim_expired


@act("seats.confirm_claim")
def confirm_claim(*, claim: Claim, actor: Actor) -> Claim:
    """Take the held seat for good. Conflict when the deadline has passed, even if nobody has cleared it yet.

    Whether the actor may speak for the holder is the caller's rule.
    """
    current = Claim.objects.select_related("offer").get(pk=claim.pk)
    if current.is_held and current.held_until and current.held_until <= clock.now():
        raise Conflict(_("The time to confirm this seat is over; it goes to the next on the waiting list."))
    claim = move(claim, ClaimState.CONFIRMED, moves={ClaimState.HELD: CLAIM_MOVES[ClaimState.HELD]}, held_until=None)
    record(offer=current.offer.code, pool=claim.pool_id, quantity=claim.quantity)
    return claim


@act("seats.expire_claim")
def expire_claim(*, claim: Claim, actor: Actor) -> Claim:
    """Give a held seat back whose deadline has passed, and seat the next. Conflict when it was answered meanwhile."""
    if not Claim.objects.expired(clock.now()).filter(pk=claim.pk).exists():
        raise Conflict(_("This seat is not waiting for a confirmation any more."))
    only_held = {ClaimState.HELD: CLAIM_MOVES[ClaimState.HELD]}
    released = release_claim(claim=claim, actor=actor, reason=_("Not confirmed in time."), moves=only_held)
    claim_expired.send(sender=Claim, claim=released, actor=actor)
    return released


@job("seats.expire_holds")
def expire_holds(run: JobRun) -> None:
    """Clear every held seat whose time is over, one transaction each; whoever answered meanwhile keeps theirs."""
    done = 0
    for claim in Claim.objects.expired(clock.now()).select_related("offer", "subject").order_by("held_until", "pk"):
        try:
            expire_claim(claim=claim, actor=run.actor)
            done += 1
        except Conflict:
            continue
    run.outcome(released=done)


def queue_expiry() -> bool:
    """For the clock: queue the job when there is anything to do."""
    due = Claim.objects.expired(clock.now()).exists()
    if due:
        enqueue(expire_holds, actor=SYSTEM, title=_("Seats that were not confirmed in time"))
    return due

"""A held seat: confirmed by its holder before the deadline, or given to the next when it has passed."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, act, record
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.states import move
from enggang.seats.domain.claims import release_claim
from enggang.seats.enums import CLAIM_MOVES, ClaimState
from enggang.seats.models import Claim
from enggang.seats.models.claim import ClaimQuerySet
from enggang.seats.signals import claim_due, claim_expired


@act("seats.confirm_claim")
def confirm_claim(*, claim: Claim, actor: Actor) -> Claim:
    """Take the held seat for good. Conflict when the deadline has passed, even if nobody has cleared it yet.

    Whether the actor may speak for the holder is the caller's rule.
    """
    current = Claim.objects.select_related("offer").get(pk=claim.pk)
    if current.is_held and current.held_until and current.held_until <= clock.now():
        raise Conflict(_("The time to confirm this seat is over; it goes to the next on the waiting list."))
    claim = move(
        claim,
        ClaimState.CONFIRMED,
        moves={ClaimState.HELD: CLAIM_MOVES[ClaimState.HELD]},
        held_until=None,
        remind_at=None,
    )
    record(offer=current.offer.code, pool=claim.pool_id, quantity=claim.quantity)
    return claim


@act("seats.expire_claim")
def expire_claim(*, claim: Claim, actor: Actor) -> Claim:
    """Give a held seat back whose deadline has passed, and seat the next. Conflict when it was answered meanwhile."""
    if not Claim.objects.expired(clock.now()).filter(pk=claim.pk).exists():
        raise Conflict(_("This seat is not waiting for a confirmation any more."))
    only_held = {ClaimState.HELD: CLAIM_MOVES[ClaimState.HELD]}
    released = release_claim(claim=claim, actor=actor, reason=gettext_noop("Not confirmed in time."), moves=only_held)
    claim_expired.send(sender=Claim, claim=released, actor=actor)
    return released


@act("seats.remind_holder")
def remind_holder(*, claim: Claim, actor: Actor) -> Claim:
    """Have the holder of a held seat told once that the deadline comes near. Conflict when they were told or have answered."""
    if not Claim.objects.to_remind(clock.now()).filter(pk=claim.pk).update(remind_at=None):
        raise Conflict(_("This seat is not waiting for a confirmation any more."))
    claim.refresh_from_db()
    claim_due.send(sender=Claim, claim=claim, actor=actor)
    return claim


@job("seats.expire_holds")
def expire_holds(run: JobRun) -> None:
    """Clear every held seat whose time is over and remind of those that soon will be, one transaction each; whoever
    answered meanwhile keeps theirs."""
    now = clock.now()
    released = _each(expire_claim, Claim.objects.expired(now), run.actor)
    run.outcome(released=released, reminded=_each(remind_holder, Claim.objects.to_remind(now), run.actor))


def _each(deal: Callable[..., Claim], rows: ClaimQuerySet, actor: Actor) -> int:
    done = 0
    for claim in rows.select_related("offer", "subject").order_by("held_until", "pk"):
        try:
            deal(claim=claim, actor=actor)
            done += 1
        except Conflict:
            continue
    return done


def queue_expiry() -> bool:
    """For the clock: queue the job when there is anything to do."""
    now = clock.now()
    due = Claim.objects.expired(now).exists() or Claim.objects.to_remind(now).exists()
    if due:
        enqueue(expire_holds, actor=SYSTEM, title=gettext_noop("Seats that were not confirmed in time"))
    return due

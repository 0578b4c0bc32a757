"""Taking and giving back seats. Never one too many, and no free seat beside somebody who waits for it.

A claim is written as waiting, then one conditional UPDATE per pool decides. Who finds every pool full reads
the pools once more under a shared lock before going to wait: a seat freed in that moment by a transaction that
could not yet see the claim would otherwise stay empty. Losers share that lock, so they do not queue behind
each other; attempts that fail are rolled back to their savepoint, so no lock of a full pool is carried on to
the next one and two people with opposite wishes cannot block each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.hot import add_all, add_new, change, new_row
from enggang.core.models import Subject
from enggang.core.states import Moves, move, overtaken
from enggang.seats.domain.holding import seat_values
from enggang.seats.domain.promotion import fill, locked
from enggang.seats.enums import CLAIM_MOVES, ClaimState, OfferState, Promotion
from enggang.seats.models import Admission, Claim, Offer, Pool
from enggang.seats.queries.offers import standing
from enggang.seats.queries.waiting import waiting_for
from enggang.seats.rules import may_manage_offer


@act("seats.claim_seats", joins=True)
def claim_seats(
    *,
    offer: Offer,
    holder: Subject,
    pools: Sequence[Pool],
    actor: Actor,
    quantity: int = 1,
    outside_window: bool = False,
    may_wait: bool = True,
    fresh: bool = False,
) -> Claim:
    """Claim ``quantity`` seats for ``holder`` in the first of ``pools`` (in order of preference) that has them.

    Answers the claim: confirmed with its pool (or held until confirmed, when the offer asks for that), or waiting with ``wish`` = the first pool. Raises Conflict when
    the window is closed (``outside_window`` lets the offer's organiser act nevertheless), when the holder already
    has a claim here, or when no pool is for them. With ``may_wait`` False a claim that finds no seat is refused
    instead of waiting (and is confirmed at once), and a free seat is taken even beside a waiting list that does not move by itself. ``fresh``:
    the caller's act has just read the pools with their offer, so they are not read again. Whether the actor may
    speak for the holder is the caller's rule. Make one claim per transaction: several would take the pools' locks
    in an order of their own.
    """
    if outside_window:
        require(may_manage_offer(actor, offer.organisation))
    chosen = list(pools) if fresh and pools else _pools(offer, pools)
    offer = chosen[0].offer
    _check(offer, quantity, outside_window=outside_window)
    claim = _write(offer, holder, chosen[0], quantity)
    pool = _take(chosen, claim, queue=may_wait and offer.promotion != Promotion.AUTOMATIC)
    if pool is None and not may_wait:
        raise Conflict(_no_seat(chosen))
    if pool is None:
        admit(claim, chosen)
    else:
        seat(claim, pool, offer.first_hold_hours if may_wait else 0)
    record(offer=offer.code, state=str(claim.state), pool=pool.pk if pool else None, quantity=quantity)
    return claim


@act("seats.release_claim")
def release_claim(*, claim: Claim, actor: Actor, reason: str = "", moves: Moves = CLAIM_MOVES) -> Claim:
    """Give the seats back, or leave the waiting list. The first who waits and fits moves up as the policy says.

    Who moved up is told by the signal ``claim_promoted``. Raises Conflict when it was already released, or is in no
    state from which ``moves`` lead out. Whether the actor may speak for the holder is the caller's rule.
    """
    claim = move(
        claim,
        ClaimState.RELEASED,
        moves=moves,
        released_at=clock.now(),
        held_until=None,
        remind_at=None,
        reason=reason[:300],
    )
    record(offer=claim.offer.code, pool=claim.pool_id, quantity=claim.quantity)
    if claim.pool_id:
        Pool.objects.filter(pk=claim.pool_id).update(taken=F("taken") - claim.quantity)
        pool = Pool.objects.get(pk=claim.pool_id)
        record(promoted=len(fill(pool=pool, freed=claim.quantity, actor=actor)))
    return claim


@act("seats.reduce_claim")
def reduce_claim(*, claim: Claim, quantity: int, actor: Actor) -> Claim:
    """Keep fewer of the seats; those given back go on as in ``release_claim``. A claim that waits wants fewer then.

    Raises Conflict unless that is fewer than now and at least one. Whether the actor may speak for the holder is the
    caller's rule.
    """
    claim.refresh_from_db()
    freed, waits = claim.quantity - quantity, claim.state == ClaimState.WAITING
    if quantity < 1 or freed < 1:
        raise Conflict(_("Give back at least one seat, and keep at least one. To give all back, cancel."))
    pool_id: Any = claim.wish_id if waits else claim.pool_id
    if waits:  # whoever fills the pool holds it before it takes up a claim
        locked(Pool.objects.filter(pk=pool_id))
    same = Claim.objects.standing().filter(pk=claim.pk, quantity=claim.quantity, state=claim.state)
    if not same.update(quantity=quantity):
        raise overtaken()
    if not waits:
        Pool.objects.filter(pk=pool_id).update(taken=F("taken") - freed)
    record_subject(claim.subject)
    record(pool=pool_id, quantity=quantity, freed=freed)
    pool = Pool.objects.get(pk=pool_id)
    record(promoted=len(fill(pool=pool, freed=0 if waits else freed, actor=actor)))  # three may fit where five did not
    claim.refresh_from_db()
    return claim


def _pools(offer: Offer, pools: Sequence[Pool]) -> list[Pool]:
    """The pools as they stand now, with the offer as it stands now, in the order of preference."""
    wanted = [pool.pk for pool in pools]
    rows = (
        Pool.objects.filter(offer_id=offer.pk, pk__in=wanted)
        .select_related("offer__organisation", "offer__subject")
        .in_bulk()
    )
    if not wanted or len(rows) != len(set(wanted)):
        raise Conflict(_("There is no quota for this agency here. Ask the organiser."))
    return [rows[pk] for pk in dict.fromkeys(wanted)]


def _check(offer: Offer, quantity: int, *, outside_window: bool) -> None:
    if quantity < 1:
        raise Conflict(_("Ask for at least one seat."))
    if offer.state == OfferState.WITHDRAWN:
        raise Conflict(_("“%(offer)s” has been withdrawn.") % {"offer": offer.title})
    if offer.state == OfferState.ENDED or (not outside_window and not offer.is_open_at(clock.now())):
        raise Conflict(_closed(offer))


def _closed(offer: Offer) -> str:
    now = clock.now()
    if offer.state == OfferState.OPEN and offer.opens_at and now < offer.opens_at:
        return _("Registration opens on %(date)s.") % {"date": _when(offer, "opens_at")}
    if offer.closes_at and offer.closes_at <= now:
        told = _("Registration closed on %(date)s. Whoever should still take part asks the organiser.")
        return told % {"date": _when(offer, "closes_at")}
    return _("Registration is closed. Ask the organiser.")


def _when(offer: Offer, field: str) -> str:
    """Date and time in the zone of the offer's organisation, with the zone's name."""
    local = timezone.localtime(getattr(offer, field), ZoneInfo(offer.organisation.time_zone))
    return f"{date_format(local, 'j F Y, H.i')} {local.tzname()}"


def _write(offer: Offer, holder: Subject, wish: Pool, quantity: int) -> Claim:
    subject = Claim.new_subject(offer.subject.organisation_code)
    claim = new_row(
        Claim, subject=subject, offer=offer, holder=holder, wish=wish, quantity=quantity, created_at=clock.now()
    )  # fmt: skip
    if not add_new(claim):
        existing = Claim.objects.standing().filter(offer=offer, holder=holder).select_related("pool", "wish").first()
        raise Conflict(_already(existing) if existing else _("Already registered here."))
    return claim


def seat(claim: Claim, pool: Pool, hold_hours: int) -> None:
    """The row of a claim that nobody else has seen yet gets its place in the pool."""
    values = seat_values(hold_hours)
    change(Claim, {**values, "pool_id": pool.pk}, pk=claim.pk)
    claim.state, claim.held_until, claim.remind_at = values["state"], values["held_until"], values["remind_at"]
    claim.pool = pool


def admit(claim: Claim, pools: Sequence[Pool]) -> None:
    """Whoever waits is remembered for every quota they tried, so that no newcomer gets a freed seat before them."""
    also = [pool for pool in pools[1:] if not pool.is_open_to_all]
    if also:
        add_all(new_row(Admission, claim=claim, pool=pool) for pool in also)


def _already(claim: Claim) -> str:
    if claim.pool and claim.is_seated:
        text = ngettext(
            "Already registered: %(count)d seat in the quota “%(pool)s”.",
            "Already registered: %(count)d seats in the quota “%(pool)s”.",
            claim.quantity,
        )
        return text % {"count": claim.quantity, "pool": claim.pool.name}
    place = {"number": standing(claim), "pool": claim.wish.name if claim.wish else ""}
    return _("Already on the waiting list, at place %(number)s for the quota “%(pool)s”.") % place


def _no_seat(pools: Sequence[Pool]) -> str:
    labels = ", ".join(f"{pool.name} {pool.taken}/{pool.size}" for pool in pools)
    return _("No seat is free: %(pools)s. Free one first, for example that of somebody who did not come.") % {
        "pools": labels
    }


def _take(pools: Sequence[Pool], claim: Claim, *, queue: bool) -> Pool | None:
    """The pool in which the claim got its seats. ``queue``: a free seat is left to those who wait for it already.

    A pool that was full when it was read is not tried: the look under the shared lock tells if that has changed.
    """
    while True:
        for pool in pools:
            if pool.free < claim.quantity or (queue and _others_wait(pool, claim)):
                continue
            if _take_in(pool, claim.quantity):
                return pool
        if queue or _full_for_certain(pools, claim.quantity):
            return None
        for pool in pools:
            pool.refresh_from_db(fields=["size", "taken"])


def _others_wait(pool: Pool, claim: Claim) -> bool:
    return waiting_for(pool).filter(pk__lt=claim.pk, passed_over_at__isnull=True).exists()


def _take_in(pool: Pool, quantity: int) -> bool:
    table = connection.ops.quote_name(Pool._meta.db_table)
    sql = f"UPDATE {table} SET taken = taken + %s WHERE id = %s AND taken <= size - %s"  # noqa: S608 -- a table's name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [quantity, pool.pk, quantity])
        matched = bool(cursor.rowcount)
        transaction.set_rollback(not matched)
    return matched


def _full_for_certain(pools: Sequence[Pool], quantity: int) -> bool:
    """Whether no pool has room, read under a shared lock that is kept only when it is so.

    SQLite has one writer at a time, and this transaction is it: nothing can have changed.
    """
    if connection.vendor != "postgresql":
        return True
    with transaction.atomic(), connection.cursor() as cursor:
        table = connection.ops.quote_name(Pool._meta.db_table)
        sql = f"SELECT size - taken FROM {table} WHERE id = ANY(%s) ORDER BY id FOR SHARE"  # noqa: S608 -- a table's name
        cursor.execute(sql, [[pool.pk for pool in pools]])
        full = all(free < quantity for (free,) in cursor.fetchall())
        transaction.set_rollback(not full)
    return full

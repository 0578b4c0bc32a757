"""Claims of people who ask at once, as ``claim_seats`` settles one: the same rows, by a few statements for all.

For offers whose waiting list moves by itself, one seat each. Pools are locked first and in one statement, in the order
of their ids, so that two groups cannot wait for each other; then a claim is written once, as what it became. A claim of
one (``claim_seats``) is written before its pool is locked: should it be of the same holder in the same moment, the group
gives way (``PATIENCE``) before PostgreSQL looks for who waits for whom, and its members come again one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Done
from enggang.core.hot import add_each, find, new_row
from enggang.core.models import Subject
from enggang.seats.domain.claims import admit
from enggang.seats.domain.holding import seat_values
from enggang.seats.enums import Promotion
from enggang.seats.models import Claim, Offer, Pool

PATIENCE = 800  # milliseconds for a lock; PostgreSQL looks for a deadlock after 1,000


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants a seat. ``pools``, in the order of preference, were read with their offer in this transaction."""

    holder: Subject
    pools: Sequence[Pool]
    subject: Subject  # the new claim's own, inserted already


def gave_way(error: OperationalError) -> bool:
    """Whether a group ended because a lock was held longer than ``PATIENCE``: then each may be judged alone."""
    return isinstance(error.__cause__, LockNotAvailable)


def takes_groups(offer: Offer, at: datetime) -> bool:
    """Whether claims on this offer may be settled together at ``at``; the rest is for ``claim_seats`` to judge."""
    return offer.is_open_at(at) and offer.promotion == Promotion.AUTOMATIC


def claimed_already(offers: Iterable[Offer], holders: Iterable[Subject]) -> set[tuple[int, int]]:
    """Offer and holder of every claim there is or was: those are judged one by one."""
    wanted = {each.pk for each in offers}
    rows = find(Claim, holder_id__in=[each.pk for each in holders])
    return {(row.offer_id, row.holder_id) for row in rows if row.offer_id in wanted}


def claim_together(*, wishes: Sequence[Wish], actor: Actor, done: Done) -> list[Claim]:
    """Settle each wish as if one came after the other in this order; answers their claims.

    A holder who has a claim already breaks the constraint, and with it the group.
    """
    pools = _seats(wishes)
    for pool_id, number in sorted(Counter(pool.pk for pool in pools if pool).items()):
        _take(pool_id, number)
    now, claims = clock.now(), list[Claim]()
    for wish, pool in zip(wishes, pools, strict=True):
        offer = wish.pools[0].offer
        facts = {"offer": offer, "holder": wish.holder, "wish": wish.pools[0], "created_at": now}
        seat = {"pool": pool, **seat_values(offer.first_hold_hours)} if pool else {}
        claims.append(new_row(Claim, subject=wish.subject, **facts, **seat))
    add_each(claims, key="subject_id")
    for claim, wish in zip(claims, wishes, strict=True):
        if claim.pool_id is None:
            admit(claim, wish.pools)
        told = {"offer": claim.offer.code, "state": str(claim.state), "pool": claim.pool_id, "quantity": 1}
        done("seats.claim_seats", actor, claim.subject, **told)
    return claims


def _seats(wishes: Sequence[Wish]) -> list[Pool | None]:
    """First come, first served, each in the first of their pools that has room; None for whoever waits."""
    free = _free_for_certain({pool.pk: pool for wish in wishes for pool in wish.pools})
    found = list[Pool | None]()
    for wish in wishes:
        pool = next((each for each in wish.pools if free[each.pk] > 0), None)
        if pool is not None:
            free[pool.pk] -= 1
        found.append(pool)
    return found


def _take(pool_id: int, quantity: int) -> None:
    """The counter; the database itself refuses a seat too many."""
    table = connection.ops.quote_name(Pool._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET taken = taken + %s WHERE id = %s", [quantity, pool_id])  # noqa: S608 -- a table's name


def _free_for_certain(pools: dict[int, Pool]) -> dict[int, int]:
    """How many seats each pool has left, under a lock that is kept to the end.

    Where all seemed full the lock is shared, as losers share it; if a seat was freed meanwhile it is let go again.
    SQLite has one writer at a time, and this transaction is it: nothing can have changed.
    """
    if connection.vendor != "postgresql":
        return {pk: pool.free for pk, pool in pools.items()}
    if not any(pool.free > 0 for pool in pools.values()):
        with transaction.atomic():
            found = _locked(pools, "SHARE")
            full = not any(free > 0 for free in found.values())
            transaction.set_rollback(not full)
        if full:
            return found
    return _locked(pools, "NO KEY UPDATE")


def _locked(ids: Iterable[int], strength: str) -> dict[int, int]:
    table = connection.ops.quote_name(Pool._meta.db_table)
    sql = f"SELECT id, size - taken FROM {table} WHERE id = ANY(%s) ORDER BY id FOR {strength}"  # noqa: S608 -- our own words
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
        cursor.execute(sql, [list(ids)])
        return dict(cursor.fetchall())

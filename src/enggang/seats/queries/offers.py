from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from enggang.seats.enums import STILL, ClaimState, Promotion
from enggang.seats.models import Admission, Claim, Offer, Pool


@dataclass(frozen=True, slots=True)
class PoolCount:
    """Seats of one quota; ``waiting`` counts the seats that waiting claims ask for in it."""

    label: str
    size: int
    taken: int
    waiting: int
    pool_id: int = 0

    @property
    def free(self) -> int:
        return self.size - self.taken


def seats_by_pool(offer: Offer) -> list[PoolCount]:
    """Every quota of the offer with its counts, in the order the organiser gave; one query."""
    waiting = Coalesce(Sum("wishes__quantity", filter=Q(wishes__state=ClaimState.WAITING)), 0)
    rows = Pool.objects.filter(offer=offer).annotate(waiting=waiting).order_by("position", "pk")
    return [PoolCount(row.name, row.size, row.taken, row.waiting, row.pk) for row in rows]


def held_by_pool(offer: Offer) -> dict[int, int]:
    """How many of the taken seats of each quota are held and not yet confirmed; one query."""
    rows = Claim.objects.filter(offer=offer, state=ClaimState.HELD).values("pool_id").annotate(held=Sum("quantity"))
    return {row["pool_id"]: row["held"] for row in rows.order_by()}


def standing(claim: Claim) -> int | None:
    """Where a waiting claim stands among those who wait in the same quota, from 1; None when it does not wait.

    Provisional: a claim with a lower id may still be on its way in. One query.
    """
    before = Claim.objects.filter(wish_id=claim.wish_id, state=ClaimState.WAITING, pk__lte=claim.pk)
    row = before.aggregate(rank=Count("pk"), last=Max("pk"))
    return int(row["rank"]) if row["last"] == claim.pk else None


def idle_seats() -> list[str]:
    """Free seats beside somebody who waits and may sit there, where the list moves by itself. For the invariants."""
    fits = Claim.objects.waiting().filter(quantity__lte=OuterRef("size") - OuterRef("taken"))
    admitted = Admission.objects.filter(pool=OuterRef("pk"), claim__state=ClaimState.WAITING)
    waits = (
        Exists(fits.filter(wish=OuterRef("pk")))
        | Exists(fits.filter(wish__parent=OuterRef("pk")))
        | Exists(admitted.filter(claim__quantity__lte=OuterRef("size") - OuterRef("taken")))
        | Q(Exists(fits.filter(offer=OuterRef("offer"))), organisation=None, region=None, kind="")
    )
    rows = Pool.objects.filter(waits, offer__promotion=Promotion.AUTOMATIC).exclude(offer__state__in=STILL)
    rows = rows.select_related("offer__subject")
    return [
        f"seats: offer {row.offer.code}, pool {row.pk}: a free seat beside who waits" for row in rows.order_by("pk")
    ]


def stray_claims() -> list[str]:
    """Claims that sit or wait in a quota of another offer. For the invariants."""
    elsewhere = ~Q(pool__offer=F("offer")) & Q(pool__isnull=False) | ~Q(wish__offer=F("offer")) & Q(wish__isnull=False)
    rows = Claim.objects.filter(elsewhere).select_related("subject")
    return [f"seats: claim {row.code} is in a quota of another offer" for row in rows.order_by("pk")]


def unsound_pools() -> list[str]:
    """Pools whose counter is not the sum of their seated claims; none when all is well. For the invariants."""
    seated = Coalesce(Sum("claims__quantity", filter=Q(claims__state__in=[ClaimState.HELD, ClaimState.CONFIRMED])), 0)
    rows = Pool.objects.annotate(seated=seated).exclude(taken=F("seated")).select_related("offer__subject")
    return [
        f"seats: offer {row.offer.code}, pool {row.pk}: taken {row.taken}, claims {row.seated}, size {row.size}"
        for row in rows.order_by("pk")
    ]

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce

from enggang.seats.enums import ClaimState
from enggang.seats.models import Claim, Offer, Pool


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
    return [PoolCount(row.label, row.size, row.taken, row.waiting, row.pk) for row in rows]


def standing(claim: Claim) -> int | None:
    """Where a waiting claim stands among those who wait in the same quota, from 1; None when it does not wait.

    Provisional: a claim with a lower id may still be on its way in. One query.
    """
    before = Claim.objects.filter(wish_id=claim.wish_id, state=ClaimState.WAITING, pk__lte=claim.pk)
    row = before.aggregate(rank=Count("pk"), last=Max("pk"))
    return int(row["rank"]) if row["last"] == claim.pk else None


def unsound_pools() -> list[str]:
    """Pools whose counter is not the sum of their seated claims; none when all is well. For the invariants."""
    seated = Coalesce(Sum("claims__quantity", filter=Q(claims__state__in=[ClaimState.HELD, ClaimState.CONFIRMED])), 0)
    rows = Pool.objects.annotate(seated=seated).exclude(taken=F("seated")).select_related("offer__subject")
    return [
        f"seats: offer {row.offer.code}, pool {row.pk}: taken {row.taken}, claims {row.seated}, size {row.size}"
        for row in rows.order_by("pk")
    ]

from enggang.seats.domain.claims import claim_seats, release_claim
from enggang.seats.domain.offers import (
    PoolSpec,
    add_pool,
    change_window,
    close_offer,
    open_offer,
    reopen_offer,
    resize_pool,
    withdraw_offer,
)
from enggang.seats.queries.offers import PoolCount, seats_by_pool, standing

__all__ = [
    "PoolCount",
    "PoolSpec",
    "add_pool",
    "change_window",
    "claim_seats",
    "close_offer",
    "open_offer",
    "release_claim",
    "reopen_offer",
    "resize_pool",
    "seats_by_pool",
    "standing",
    "withdraw_offer",
]

from enggang.seats.domain.claims import claim_seats, reduce_claim, release_claim
from enggang.seats.domain.division import divide_pool
from enggang.seats.domain.holds import confirm_claim, expire_claim, expire_holds
from enggang.seats.domain.offers import (
    PoolSpec,
    TooSmall,
    add_pool,
    change_window,
    close_offer,
    end_offer,
    open_offer,
    reopen_offer,
    resize_pool,
    withdraw_offer,
)
from enggang.seats.domain.promotion import accept_proposal, change_promotion, seat_by_hand, skip_proposal
from enggang.seats.domain.substitution import substitute_holder
from enggang.seats.queries.offers import PoolCount, seats_by_pool, standing

__all__ = [
    "PoolCount",
    "PoolSpec",
    "TooSmall",
    "accept_proposal",
    "add_pool",
    "change_promotion",
    "change_window",
    "claim_seats",
    "close_offer",
    "confirm_claim",
    "divide_pool",
    "end_offer",
    "expire_claim",
    "expire_holds",
    "open_offer",
    "reduce_claim",
    "release_claim",
    "reopen_offer",
    "resize_pool",
    "seat_by_hand",
    "seats_by_pool",
    "skip_proposal",
    "standing",
    "substitute_holder",
    "withdraw_offer",
]

from enggang.seats.models.claim import Claim
from enggang.seats.models.offer import Offer, Pool

__all__ = ["Claim", "Offer", "Pool"]

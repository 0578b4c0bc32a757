from enggang.seats.models.claim import Admission, Claim
from enggang.seats.models.offer import Offer, Pool

__all__ = ["Admission", "Claim", "Offer", "Pool"]

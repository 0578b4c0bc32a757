from __future__ import annotations

from django.dispatch import Signal

claim_promoted = Signal()
"""A waiting claim has got its seat. Sent inside the transaction of the act that freed it, once per claim,
with ``sender=Claim``, ``claim`` (confirmed, its pool set) and ``actor`` (who freed the seat, not who got it).
For the domains above, which tell the holder; a receiver that raises undoes the release."""

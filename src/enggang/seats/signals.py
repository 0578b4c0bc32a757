from __future__ import annotations

from django.dispatch import Signal

claim_promoted = Signal()
"""A waiting claim has got its seat. Sent inside the transaction of the act that freed it, once per claim,
with ``sender=Claim``, ``claim`` (confirmed, or held until ``held_until``; its pool set) and ``actor`` (who freed the seat, not who got it).
For the domains above, which tell the holder; a receiver that raises undoes the release."""

claim_due = Signal()
"""The time to confirm a held seat comes near. Sent inside the transaction, once, with ``sender=Claim``, ``claim`` and ``actor``."""

claim_expired = Signal()
"""A held seat was not confirmed in time and is released. Sent inside the transaction, once, with ``sender=Claim``,
``claim`` (released) and ``actor``. The next one's ``claim_promoted`` has been sent before it."""

"""Told upward, to whoever paid through this engine."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the act that corrected a payment, with ``payment`` (the new one), ``replaced`` (voided) and ``actor``:
# whoever kept the old one as theirs keeps the new one. Receivers run in its transaction.
payment_corrected = Signal()

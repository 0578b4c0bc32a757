"""Told upward, to whoever asked for the award."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the act that froze the paper, with ``award`` and ``actor``. Receivers run in its transaction.
award_issued = Signal()

# Sent inside the act that voided an award, with ``award`` and ``actor``: whoever asked for it may ask again.
award_voided = Signal()

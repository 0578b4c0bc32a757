"""What plans tells the apps above it."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the act that wrote them, with ``years`` (a sorted list), ``organisation`` (None: for everybody) and ``actor``:
# holiday lists or their rows have changed, so that whatever was counted in working days may have moved. The receiver
# reckons anew in a job, never here: a decree touches every plan of the region.
holidays_changed = Signal()

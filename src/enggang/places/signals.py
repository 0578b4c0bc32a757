"""What places tell the apps above them."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the act that wrote them, with ``organisations`` and ``venues``: sequences of rows with their subject.
places_changed = Signal()

# Sent inside the act, with ``old``, ``new``, ``on`` (the first day of ``new``) and ``actor``: an agency has a successor.
organisation_succeeded = Signal()

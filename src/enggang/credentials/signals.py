"""Told upward, to whoever asked for the award."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the act that froze the papers, with ``awards`` and ``actor``. Receivers run in its transaction.
awards_issued = Signal()

# Sent inside the act that voided an award, with ``award``, ``actor`` and ``known`` (whether its holder
# is told of it): whoever asked for it may ask again.
award_voided = Signal()

# Sent inside the act that issued an award again under another name or with other hours, with ``award`` (the new one), ``replaced`` and ``actor``.
award_reissued = Signal()

# Sent inside the act that took the name of ``person`` off what was awarded to them; ``offices`` are the codes of those
# under which they have worked or were awarded it. Files made from it that still hold the name must go.
name_removed = Signal()

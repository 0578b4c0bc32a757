"""What people tell the apps above them. Receivers run in the transaction of the act that sends."""

from __future__ import annotations

from django.dispatch import Signal

# Two records are one person: with ``kept``, ``gone``, ``actor`` and ``moved``, a dict in which each receiver notes under
# a name of its own the ids of the rows that it has re-pointed from ``gone`` (or its subject) to ``kept``.
persons_merged = Signal()

# An agency has said whether somebody entered at a desk is of its staff: with ``employment`` (its standing says which) and
# ``actor``.
person_answered_for = Signal()

# They were two after all: with ``kept``, ``gone``, ``actor`` and the same ``moved``; each receiver points its rows back.
persons_parted = Signal()

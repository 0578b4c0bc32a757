"""Rows that are only examples: they count for nothing, except in a demonstration, where there is nothing else."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q


def counting(field: str = "specimen") -> Q:
    """For ``filter``: the rows that numbers may be made of; ``field`` is the path to the mark."""
    return Q() if settings.DEMO else Q(**{field: False})

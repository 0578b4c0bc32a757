"""What a wave's percentage and JP are counted on: what was planned when it opened, less what was called off since."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.training.models import Session, Wave


@dataclass(frozen=True, slots=True)
class Base:
    """``counted`` of ``planned`` JP; ``gone`` are the sessions called off or merged after the wave was opened."""

    counted: int
    planned: int
    gone: list[Session]


def base_of(wave: Wave) -> Base:
    """One query. What was called off while the wave was a draft was never promised, and is not told."""
    rows = list(Session.objects.filter(wave=wave).select_related("merged_into"))
    counted = sum(row.jp for row in rows if not row.is_cancelled)
    gone = [
        row
        for row in rows
        if row.is_cancelled and wave.opened_at and row.cancelled_at and row.cancelled_at >= wave.opened_at
    ]
    lost = sum(row.jp for row in gone if row.merged_into_id is None)
    return Base(counted, counted + lost, gone)

"""For how long a seat is held, and when its holder is reminded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from enggang.core import clock
from enggang.seats.enums import ClaimState

SOONEST = timedelta(hours=24)  # before the end; of a short time its last quarter


def seat_values(hours: int) -> dict[str, Any]:
    """What a claim that gets its seat now becomes: held for so many hours, or with 0 confirmed at once."""
    if not hours:
        return {"state": ClaimState.CONFIRMED, "held_until": None, "remind_at": None}
    whole = timedelta(hours=hours)
    until: datetime = clock.now() + whole
    return {"state": ClaimState.HELD, "held_until": until, "remind_at": until - min(SOONEST, whole / 4)}

"""Who sees which sheet: while a blind review is open, each grader only their own, and everybody else none."""

from __future__ import annotations

from enggang.core.actor import Actor
from enggang.reviews.enums import Mode, ReviewState
from enggang.reviews.models import Review, Sheet


def sheets_for(review: Review, actor: Actor, *, key: str = "") -> list[Sheet]:
    """``key`` is the one that the actor's own sheet is kept under, when it is not the actor's."""
    rows = review.sheets.prefetch_related("marks__criterion", "marks__level")
    if review.mode == Mode.BLIND and review.state == ReviewState.OPEN:
        rows = rows.filter(judge_key=key or actor.key)
    return list(rows)

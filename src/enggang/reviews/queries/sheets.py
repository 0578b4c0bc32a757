"""Who sees which sheet: while a blind review is open, each grader only their own, and everybody else none."""

from __future__ import annotations

from enggang.core.actor import Actor
from enggang.reviews.enums import Mode, ReviewState
from enggang.reviews.models import Review, Sheet


def sheets_for(review: Review, actor: Actor) -> list[Sheet]:
    rows = review.sheets.prefetch_related("marks__criterion", "marks__level")
    if review.mode == Mode.BLIND and review.state == ReviewState.OPEN:
        rows = rows.filter(judge_key=actor.key)
    return list(rows)

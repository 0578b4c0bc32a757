"""What tests yielded: scores, and how hard each question was. Shares are percent of the possible points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from enggang.surveys.models import Attempt, AttemptItem, Test

DIFFICULTY_EASY, DIFFICULTY_HARD = 70, 30


@dataclass(frozen=True, slots=True)
class Score:
    """One sitting, by what is judged so far; ``unjudged`` answers wait for a person.

    ``percent`` is rounded down, for a person's score and for what it decides; means are reckoned from ``share``.
    """

    attempt: Attempt
    percent: int
    share: float
    unjudged: int


@dataclass(frozen=True, slots=True)
class ItemResult:
    question_id: int
    text: str
    asked: int
    percent: float


def scores_of(test: Test) -> dict[int, Score]:
    """By the holder's subject id, in one query."""
    rows: list[Any] = list(
        test.attempts.annotate(earned=Sum("items__earned"), unjudged=Count("items", filter=Q(items__earned=None)))
    )
    for row in rows:
        row.test = test
    return {row.holder_id: _score(row) for row in rows}


def _score(row: Any) -> Score:
    earned, possible = 100 * (row.earned or 0), row.possible or 1
    return Score(row, earned // possible, earned / possible, row.unjudged)


def item_results(test: Test, holders: set[int] | None = None) -> dict[int, ItemResult]:
    """By question: how many were asked it, and the mean share of its points they earned (the difficulty index p).

    ``holders`` limits it to these holders' sittings. Answers that nobody has judged yet are left out.
    """
    rows = AttemptItem.objects.filter(attempt__test=test).exclude(earned=None)
    if holders is not None:
        rows = rows.filter(attempt__holder_id__in=holders)
    found = rows.values("item__question_id", "item__version__text", "item__points").annotate(
        asked=Count("pk"), earned=Sum("earned")
    )
    return {
        row["item__question_id"]: ItemResult(
            row["item__question_id"], row["item__version__text"], row["asked"],
            row["earned"] / row["asked"] / row["item__points"],
        )
        for row in found
    }  # fmt: skip

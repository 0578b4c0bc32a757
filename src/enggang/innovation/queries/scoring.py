"""Who can be asked to score an innovation, by which aspects, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from enggang.access.enums import Role
from enggang.access.queries.grants import holders_at
from enggang.accounts.models import User
from enggang.core import clock
from enggang.innovation import rules
from enggang.innovation.models import Innovation, ScoreAspect, Scorer
from enggang.innovation.queries.gates import review_of
from enggang.places.models import Organisation
from enggang.reviews.models import Review, Sheet

MAY_SCORE = (*rules.DECIDERS, Role.COORDINATOR, Role.GRADER, Role.ASSESSOR)


def aspects_for(organisation: Organisation) -> list[ScoreAspect]:
    """The agency's own rows where it has some, else those of the nearest above it, else the shipped ones."""
    rows = list(ScoreAspect.objects.serving(organisation).on(clock.today()))
    nearest = max((len(row.organisation.path) if row.organisation else 0 for row in rows), default=0)
    return [row for row in rows if (len(row.organisation.path) if row.organisation else 0) == nearest]


def can_be_asked(innovation: Innovation) -> list[User]:
    """Accounts of the agency that were not asked yet, without the owner and without whoever handed it in."""
    asked = set(innovation.scorers.values_list("user", flat=True))
    owner = innovation.owner.user_id if innovation.owner else None
    users = holders_at(innovation.organisation, *MAY_SCORE)
    return [
        user for user in users
        if user.pk not in asked and user.pk != owner and f"user:{user.pk}" != innovation.handed_in_by_key
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scores:
    """``sheets`` are empty as long as it is blind: neither decided nor disputed."""

    review: Review | None
    asked: list[tuple[Scorer, bool]]
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        return self.review is not None and (self.review.spread or 0) > self.review.rubric.spread_alert * 100

    @property
    def spread(self) -> float:
        return (self.review.spread or 0) / 100 if self.review else 0


def scores_of(innovation: Innovation) -> Scores:
    review = review_of(innovation)
    scorers = list(innovation.scorers.select_related("user"))
    if review is None:
        return Scores(None, [(each, False) for each in scorers])
    sheets = list(review.sheets.prefetch_related("marks__criterion", "marks__level"))
    given = {sheet.judge_key for sheet in sheets}
    shown = sheets if review.is_decided or review.is_disputed else []
    return Scores(review, [(each, each.key in given) for each in scorers], shown)

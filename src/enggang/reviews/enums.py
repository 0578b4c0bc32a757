from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mode(TextChoices):
    SINGLE = "single", _("One grader")
    BLIND = "blind", _("Two graders who do not see each other's scores")
    PANEL = "panel", _("A panel in one room, with minutes")


class ReviewState(TextChoices):
    OPEN = "open", _("To be graded")
    DISPUTED = "disputed", _("The graders are far apart")
    DECIDED = "decided", _("Graded")


REVIEW_MOVES = {
    ReviewState.OPEN: frozenset({ReviewState.DISPUTED, ReviewState.DECIDED}),
    ReviewState.DISPUTED: frozenset({ReviewState.DECIDED, ReviewState.OPEN}),
    ReviewState.DECIDED: frozenset({ReviewState.OPEN}),
}

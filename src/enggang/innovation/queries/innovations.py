"""What is read of innovations by the other apps and the pages."""

from __future__ import annotations

from enggang.innovation.models import Innovation
from enggang.innovation.models.innovation import InnovationQuerySet


def public_innovations() -> InnovationQuerySet:
    """What the public may read: in use, and shown by a choice of its agency; the newest adoption first.

    Owners, scores and decisions are not for the public: show title, agency, affair, problem, idea, benefits, results, place, dates.
    """
    return Innovation.objects.published().with_names().order_by("-adopted_on", "pk")

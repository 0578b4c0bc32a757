"""Why a paper that was asked for is not there yet."""

from __future__ import annotations

from enggang.core.actor import Actor
from enggang.core.models import Job
from enggang.credentials.models import Award

LOOKED_AT = 20  # the latest jobs of this kind; what waits longer stands among the jobs


def job_of(award: Award, actor: Actor) -> Job | None:
    """The job that draws an award's paper, for whoever started it; None once it is issued."""
    if award.is_issued or award.is_void:
        return None
    rows = Job.objects.visible_to(actor).filter(name="credentials.draw_awards").order_by("-created_at", "-pk")
    return next((row for row in rows[:LOOKED_AT] if award.pk in row.arguments.get("award_ids", ())), None)

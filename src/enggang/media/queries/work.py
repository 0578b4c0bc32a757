"""What is still being done about an asset."""

from __future__ import annotations

from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.media.models import Asset


def work_on(asset: Asset) -> Job | None:
    """Its last piece of background work, unless that is done."""
    rows = Job.objects.filter(subject_code=asset.code, name__startswith="media.").order_by("-pk")
    last = rows.first()
    return last if last and last.state != JobState.DONE else None

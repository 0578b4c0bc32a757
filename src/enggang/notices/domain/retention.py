"""Messages are kept for two years (privacy register), then deleted."""

from __future__ import annotations

from datetime import timedelta

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record
from enggang.core.jobs import JobRun, enqueue, job
from enggang.notices.models import Notice

KEPT_DAYS = 730


@act("notices.delete_old")
def delete_old(*, actor: Actor) -> int:
    """Delete what was written more than two years ago; answers how many."""
    count, _ = Notice.objects.filter(created_at__lt=clock.now() - timedelta(days=KEPT_DAYS)).delete()
    record(count=count)
    return count


@job("notices.delete_old")
def delete_old_job(run: JobRun) -> None:
    run.outcome(deleted=delete_old(actor=run.actor))


def queue_deletion() -> None:
    """Called by the nightly schedule."""
    enqueue(delete_old_job, actor=SYSTEM)

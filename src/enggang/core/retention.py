"""What the privacy register promises about time, kept every night: each app deletes what is over its own."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session

from enggang.core import clock, registries
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record
from enggang.core.enums import JobState
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job

JOB_DAYS = 365
BATCH = 500


@act("core.apply_retention")
def apply_retention(*, name: str, actor: Actor) -> int:
    """Let one app delete what is over its time; answers how many rows."""
    count = registries.retention[name]()
    record(what=name, deleted=count)
    return count


@job("core.apply_retention")
def apply_all(run: JobRun) -> None:
    """Every app in its own transaction: one that fails does not keep the others from their duty."""
    names = [name for name, _delete in registries.retention.items()]
    for done, name in enumerate(names, 1):
        run.outcome(**{name: apply_retention(name=name, actor=run.actor)})
        run.progress(done, len(names))


def queue_retention() -> None:
    """Called by the nightly schedule."""
    enqueue(apply_all, actor=SYSTEM)


def old_jobs() -> int:
    """Jobs that ended a year ago, with the file that was their result."""
    before = clock.now() - timedelta(days=JOB_DAYS)
    ended = Job.objects.exclude(state__in=[JobState.QUEUED, JobState.RUNNING]).filter(finished_at__lt=before)
    rows = list(ended.order_by("pk")[:BATCH])
    for row in rows:
        row.result.delete(save=False)
    return Job.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]


def old_sessions() -> int:
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]

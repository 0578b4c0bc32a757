"""What the privacy register promises about time, kept every night: each app deletes what is over its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils.translation import gettext as _

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


def forget_results(name: str, concerns: Callable[[dict[str, Any]], bool]) -> int:
    """Take away the files that were the results of jobs of this name, where ``concerns`` says so of their arguments.

    Call inside the act that erases somebody. One that is running then is asked to stop. The bytes go by a job. Answers
    how many files.
    """
    rows = Job.objects.filter(Q(state=JobState.RUNNING) | ~Q(result=""), name=name)
    found = [row for row in rows.order_by("pk") if concerns(row.arguments)]
    Job.objects.filter(pk__in=[row.pk for row in found], state=JobState.RUNNING).update(cancel_requested=True)
    keys = [str(row.result.name) for row in found if row.result]
    gone = Job.objects.filter(pk__in=[row.pk for row in found if row.result])
    gone.update(
        result="",
        result_name="",
        message=_("The file is gone, because a name in it had to be removed. Ask for a new one."),
    )
    if keys:
        enqueue(delete_results, actor=SYSTEM, keys=keys)
    return len(keys)


@job("core.delete_results")
def delete_results(_run: JobRun, *, keys: list[str]) -> None:
    """Safe to run twice: what is gone already is passed over."""
    for key in keys:
        default_storage.delete(key)


def old_sessions() -> int:
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]

"""Files whose time is over lose their bytes and their name.

First the row says so, then the bytes go, then the row forgets the key: cut off anywhere, the next run goes on.
"""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record
from enggang.core.jobs import JobRun, enqueue, job
from enggang.files.domain.sweeping import end_expired
from enggang.files.models import StoredFile

BATCH = 500


@act("files.let_go")
def let_go(*, stored: StoredFile, actor: Actor) -> StoredFile:
    """End the time a file is kept: its name goes now, its bytes with the next nightly run. The caller's act has asked."""
    if stored.erased_at is None:
        stored.delete_after, stored.name = clock.today() - timedelta(days=1), "-"
        stored.save(update_fields=["delete_after", "name"])
    record(purpose=stored.purpose)
    return stored


@act("files.delete_expired")
def mark_expired(*, actor: Actor) -> list[int]:
    """Take the names from a batch of files whose time is over; answers the ids whose bytes must go."""
    due = list(StoredFile.objects.due(clock.today()).values_list("pk", flat=True)[:BATCH])
    StoredFile.objects.filter(pk__in=due, erased_at=None).update(erased_at=clock.now(), name="")
    record(count=len(due))
    return due


def delete_expired(actor: Actor) -> int:
    """Delete everything that is due; answers how many files."""
    count = 0
    while due := mark_expired(actor=actor):
        for stored in StoredFile.objects.filter(pk__in=due, erased_at__isnull=False):
            default_storage.delete(str(stored.content.name))
            StoredFile.objects.filter(pk=stored.pk).update(content="")
        count += len(due)
    return count


@job("files.delete_expired")
def delete_expired_job(run: JobRun) -> None:
    ended = end_expired(run.actor)  # first: what they had stored is due at once
    run.outcome(deleted=delete_expired(run.actor), ended=ended)


def queue_deletion() -> None:
    """Called by the nightly schedule."""
    enqueue(delete_expired_job, actor=SYSTEM)


def check_contents() -> list[str]:
    """Invariant: every file that is kept has its bytes."""
    kept = StoredFile.objects.filter(erased_at=None).select_related("subject")
    gone = [
        row.code for row in kept.iterator() if not (row.content and row.content.storage.exists(str(row.content.name)))
    ]
    return [f"the content of file {code} is missing" for code in gone]

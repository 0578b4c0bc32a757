"""Background work: the one seam between the product and the queue engine (docs/decisions/0002-jobs.md).

``enqueue`` writes the Job row and the queue row in the caller's transaction, so a job is neither lost nor
run for an act that was rolled back. The engine hands a message out again when it is not acknowledged
within the lease; while a job runs, a heartbeat renews that lease, so only a dead worker's job comes back.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django_q.models import OrmQ
from django_q.signals import pre_execute
from django_q.tasks import async_task

from enggang.core import clock
from enggang.core.actor import ADMINISTRATOR, SYSTEM, Actor, load_user
from enggang.core.acts import Refused, act, record, require
from enggang.core.enums import JOB_MOVES, JobState
from enggang.core.models.job import Job
from enggang.core.states import move

logger = logging.getLogger("enggang.jobs")
PROGRESS_SECONDS = 0.5
SLOW_QUEUE = "enggang-slow"


class TryAgain(Exception):
    """Tells the engine to keep the message: it is handed out again after the lease."""


class Cancelled(Exception):
    """The person who started the job asked to stop it."""


@dataclass(frozen=True, slots=True)
class JobKind:
    name: str
    function: Callable[..., Any]
    attempts: int
    may_read: Callable[..., bool] | None = None  # asked again at every download of the result
    slow: bool = False


kinds: dict[str, JobKind] = {}
_delivery: dict[str, int] = {}


@dataclass(slots=True)
class JobRun:
    """What a running job may do with its own row."""

    job: Job
    actor: Actor
    _last: float = field(default=0.0)

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Show how far the job is, at most twice a second; raises Cancelled when it was asked to stop."""
        if done < total and time.monotonic() - self._last < PROGRESS_SECONDS:
            return
        self._last = time.monotonic()
        Job.objects.filter(pk=self.job.pk).update(done=done, total=total, message=message, beat_at=clock.now())
        self.check_cancelled()

    def check_cancelled(self) -> None:
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise Cancelled

    def result_file(self, name: str, content: bytes | IO[bytes]) -> None:
        """Keep a file for the person who started the job; an open file is copied piece by piece.

        Raises Cancelled when the job was asked to stop: a name in the file may have been removed meanwhile.
        """
        self.check_cancelled()
        self.job.result_name = name
        kept = ContentFile(content) if isinstance(content, bytes) else File(content)
        self.job.result.save("result", kept, save=False)
        self.job.save(update_fields=["result", "result_name"])

    def outcome(self, **facts: Any) -> None:
        """Keep counts for the result page (plain values)."""
        self.job.outcome = {**self.job.outcome, **facts}
        self.job.save(update_fields=["outcome"])


def job(
    name: str, *, attempts: int = 5, may_read: Callable[..., bool] | None = None, slow: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make ``function(run: JobRun, **plain_values)`` a job under a stable name. It must be safe to run twice.

    ``may_read(actor, **plain_values)`` is asked again whenever its result is downloaded: whoever has left an office
    has left its files too. Without it the result is for whoever started the job.
    ``slow`` work (minutes of computing) waits in a queue of its own and is done by a process of its own (core/slow.py),
    so that no mail and no certificate waits behind it.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        if name in kinds:
            raise ValueError(f"two jobs are named {name}")
        kinds[name] = JobKind(name, function, attempts, may_read, slow)
        function.job_name = name  # type: ignore[attr-defined]
        return function

    return decorate


def may_read_result(row: Job, actor: Actor) -> bool:
    kind = kinds.get(row.name)
    return kind is None or kind.may_read is None or kind.may_read(actor, **row.arguments)


def enqueue(
    function: Callable[..., Any],
    *,
    actor: Actor,
    title: str = "",
    title_values: dict[str, str] | None = None,
    subject_code: str = "",
    **kwargs: Any,
) -> Job:
    """Write a job into the queue, inside the caller's transaction.

    ``title`` is marked with ``gettext_noop`` and said in the language of whoever reads it; ``title_values`` fill its braces.
    """
    name: str = function.job_name  # type: ignore[attr-defined]
    with transaction.atomic():
        row = Job.objects.create(
            name=name,
            title=title,
            title_values=title_values,
            arguments=kwargs,
            user_id=actor.user_id,
            subject_code=subject_code,
            created_at=clock.now(),
        )
        _deliver(row)
    return row


def _deliver(row: Job) -> None:
    kind = kinds.get(row.name)
    queue = {"cluster": SLOW_QUEUE} if kind and kind.slow else {}
    async_task("enggang.core.jobs.run_job", row.pk, task_name=row.code, **queue)


def run_job(job_id: int) -> None:
    """Run one delivered message. Called by the engine; a second delivery of a living job is sent back."""
    row = _claim(job_id)
    if row is None:
        return
    kind = kinds.get(row.name)
    if kind is None or row.attempts > kind.attempts:
        _end(row, JobState.POISONED, error=row.error or f"unknown job {row.name}" if kind is None else row.error)
        return
    with _heartbeat(row.pk):
        _execute(row, kind)


def _claim(job_id: int) -> Job | None:
    stale = clock.now() - timedelta(seconds=settings.JOB_LEASE_SECONDS - 5)
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, beat_at__lt=stale)
    claimed = Job.objects.filter(free, pk=job_id).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, beat_at=clock.now()
    )
    if claimed:
        return Job.objects.get(pk=job_id)
    if Job.objects.filter(pk=job_id, state=JobState.RUNNING).exists():
        raise TryAgain("still running elsewhere")
    return None


def _execute(row: Job, kind: JobKind) -> None:
    actor = load_user(row.user_id) if row.user_id else SYSTEM
    run = JobRun(row, actor)
    try:
        run.check_cancelled()
        kind.function(run, **row.arguments)
    except Cancelled:
        _end(row, JobState.CANCELLED, message=_("Stopped at your request."))
    except Refused as refused:
        _end(row, JobState.FAILED, message=refused.message)
    except Exception as error:
        logger.exception("job %s (%s) failed at attempt %s", row.code, row.name, row.attempts)
        _retry_or_poison(row, kind, traceback.format_exc())
        if row.attempts < kind.attempts:
            raise TryAgain(row.code) from error
    else:
        _end(row, JobState.DONE)


def _retry_or_poison(row: Job, kind: JobKind, trace: str) -> None:
    if row.attempts >= kind.attempts:
        message = _("This did not work after several tries. The administrator can see why and start it again.")
        _end(row, JobState.POISONED, message=message, error=trace)
    else:
        message = _("Something went wrong; it will be tried again by itself in a moment.")
        Job.objects.filter(pk=row.pk).update(state=JobState.QUEUED, error=trace, message=message)


def _end(row: Job, state: JobState, *, message: str | None = None, error: str = "") -> None:
    changes: dict[str, Any] = {"error": error, "finished_at": clock.now()}
    if message is not None:
        changes["message"] = message
    elif state == JobState.DONE:
        changes["message"] = ""
    Job.objects.filter(pk=row.pk, state=JobState.RUNNING).update(state=state, **changes)


@contextmanager
def _heartbeat(job_id: int) -> Iterator[None]:
    """Renew the lease of the message in hand while the job runs (only inside a worker)."""
    message_id = _delivery.get("ack_id")
    if message_id is None:
        yield
        return
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(job_id, message_id, stop), daemon=True)
    beat.start()
    try:
        yield
    finally:
        stop.set()
        beat.join()


def _beat(job_id: int, message_id: int, stop: threading.Event) -> None:
    lease = settings.JOB_LEASE_SECONDS
    while not stop.wait(lease / 3):
        try:
            OrmQ.objects.filter(pk=message_id).update(lock=clock.now() + timedelta(seconds=lease))
            Job.objects.filter(pk=job_id).update(beat_at=clock.now())
        except Exception:
            logger.exception("the lease of job %s could not be renewed", job_id)
    connection.close()


def hold_message(message_id: int) -> None:
    """The message in hand: its lease is renewed while its job runs."""
    _delivery["ack_id"] = message_id


def _remember_delivery(sender: object, task: dict[str, Any], **_kwargs: Any) -> None:
    hold_message(task.get("ack_id", 0))


pre_execute.connect(_remember_delivery, dispatch_uid="enggang.core.jobs")


def load_jobs() -> None:
    """Import where jobs stand, so that all are known by name in a process that shows no page."""
    for app in apps.get_app_configs():
        domain = import_module(f"{app.name}.domain") if find_spec(f"{app.name}.domain") else None
        for module in iter_modules(domain.__path__, f"{app.name}.domain.") if domain else ():
            import_module(module.name)


def run_pending(limit: int = 100) -> int:
    """Run what is queued in this process, one by one; answers how many ran. For tests and one-off commands."""
    ran = 0
    while ran < limit and (row := Job.objects.filter(state=JobState.QUEUED).order_by("pk").first()):
        try:
            run_job(row.pk)
        except TryAgain:
            logger.info("job %s waits for another try", row.code)
        ran += 1
    OrmQ.objects.all().delete()
    return ran


def may_manage(actor: Actor, row: Job) -> bool:
    return actor.holds(ADMINISTRATOR, at="/") or (row.user_id is not None and row.user_id == actor.user_id)


@act("core.cancel_job")
def cancel_job(*, job: Job, actor: Actor) -> Job:
    """Stop a waiting job at once, a running one at its next step."""
    require(may_manage(actor, job))
    record(job=job.code, name=job.name)
    if job.state == JobState.QUEUED:
        return move(job, JobState.CANCELLED, moves=JOB_MOVES, finished_at=clock.now())
    return move(job, JobState.RUNNING, moves=JOB_MOVES, cancel_requested=True)


@act("core.retry_job")
def retry_job(*, job: Job, actor: Actor) -> Job:
    """Queue a failed, cancelled or given-up job again with its own arguments."""
    require(may_manage(actor, job))
    record(job=job.code, name=job.name)
    return queue_again(job)


def queue_again(job: Job) -> Job:
    """Call inside an act that has asked its own rule: the job runs once more, with its own arguments."""
    move(
        job,
        JobState.QUEUED,
        moves=JOB_MOVES,
        attempts=0,
        cancel_requested=False,
        message="",
        error="",
        finished_at=None,
    )
    _deliver(job)
    return job


def check_queue() -> tuple[bool, str]:
    """For ``enggang doctor``: whether jobs are being taken, and whether any were given up."""
    given_up = Job.objects.poisoned().count()
    late = clock.now() - timedelta(minutes=2)
    slow = [name for name, kind in kinds.items() if kind.slow]  # these wait for each other
    waiting = Job.objects.filter(state=JobState.QUEUED, created_at__lt=late).exclude(name__in=slow).count()
    if waiting:
        return False, f"{waiting} jobs have waited for over two minutes: is a worker running? (enggang worker)"
    if given_up:
        return False, f"{given_up} jobs were given up after several tries: see Background work in the office"
    return True, "no job waits, none was given up"

"""Slow work (videos): a queue of its own, done one piece at a time by a process that is there only while there is some.

The worker looks every few seconds whether slow work waits, and starts that process with a low priority. It ends when the
queue has been empty for a while, so that a small installation pays no memory for it.
"""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django_q.brokers import get_broker
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from enggang.core import clock
from enggang.core.enums import JobState
from enggang.core.jobs import SLOW_QUEUE, TryAgain, hold_message, kinds, run_job
from enggang.core.models import Job, Subject

logger = logging.getLogger("enggang.jobs")
LOOK_EVERY = 3.0
IDLE_SECONDS = 5.0
NICE = 10
LOOKED_BACK = 200  # pieces of slow work that tell whose turn was when


def watch_slow_queue() -> threading.Thread:
    """Begin to look, in a thread of the worker's main process."""
    thread = threading.Thread(target=_watch, daemon=True)
    thread.start()
    return thread


def _watch() -> None:
    child: subprocess.Popen[bytes] | None = None
    while True:
        time.sleep(LOOK_EVERY)
        try:
            if (child is None or child.poll() is not None) and slow_work_waits():
                child = subprocess.Popen([sys.executable, "-m", "enggang", "run_worker", "--slow"])
        except Exception:
            logger.exception("the queue of slow work could not be looked at")
        finally:
            connection.close()


def slow_work_waits() -> bool:
    return bool(OrmQ.objects.filter(key=SLOW_QUEUE, lock__lt=clock.now()).exists())


def work_slowly(idle_seconds: float = IDLE_SECONDS) -> int:
    """Do what waits, one after the other, until nothing has waited for a while; answers how many were done.

    Of two such processes on one machine the second ends at once.
    """
    os.nice(NICE)
    path = Path(settings.DATA_FOLDER) / "slow.lock"
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        return _until_idle(idle_seconds)


def _until_idle(idle_seconds: float) -> int:
    broker, done, since = get_broker(SLOW_QUEUE), 0, time.monotonic()
    while time.monotonic() - since < idle_seconds:
        for message_id, payload in broker.dequeue() or ():
            hold_message(message_id)
            try:
                run_job(in_turn(*SignedPackage.loads(payload)["args"]))
            except TryAgain:  # it comes back when its lease is over
                continue
            broker.acknowledge(message_id)
            done, since = done + 1, time.monotonic()
    return done


def in_turn(job_id: int) -> int:
    """Which piece of slow work a message is for: agencies take turns, so that one with a hundred films stops no other.

    Of what waits for its first try, the oldest of the agency whose last turn is longest ago. Nothing is lost by that: a
    message stands for one piece of work, and that of a piece that was taken earlier is for one that was passed over. What
    was tried before keeps its own message.
    """
    slow = Job.objects.filter(name__in=[name for name, kind in kinds.items() if kind.slow])
    fresh = slow.filter(state=JobState.QUEUED, attempts=0)
    if slow.filter(pk=job_id, attempts__gt=0, state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
        return job_id
    waiting = dict[str, int]()
    for owner, pk in _with_owners(fresh.order_by("pk").values_list("subject_code", "pk")):
        waiting.setdefault(owner, pk)
    begun = slow.filter(beat_at__isnull=False).order_by("-beat_at").values_list("subject_code", "beat_at")
    last = dict[str, datetime]()
    for owner, at in _with_owners(begun[:LOOKED_BACK]):
        last.setdefault(owner, at)
    long_ago = datetime.min.replace(tzinfo=UTC)
    turn = min(waiting, key=lambda owner: (last.get(owner, long_ago), waiting[owner]), default=None)
    return job_id if turn is None else waiting[turn]


def _with_owners(rows: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The organisation's code in the place of that of the work's subject."""
    found = list(rows)
    owners = Subject.objects.filter(code__in={code for code, _fact in found}).values_list("code", "organisation_code")
    of = dict(owners)
    return [(of.get(code, ""), fact) for code, fact in found]

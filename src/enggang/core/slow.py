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
from pathlib import Path

from django.conf import settings
from django.db import connection
from django_q.brokers import get_broker
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from enggang.core import clock
from enggang.core.jobs import SLOW_QUEUE, TryAgain, hold_message, run_job

logger = logging.getLogger("enggang.jobs")
LOOK_EVERY = 3.0
IDLE_SECONDS = 5.0
NICE = 10


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
                run_job(*SignedPackage.loads(payload)["args"])
            except TryAgain:  # it comes back when its lease is over
                continue
            broker.acknowledge(message_id)
            done, since = done + 1, time.monotonic()
    return done

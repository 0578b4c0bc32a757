"""Django's SQLite, with a queue for its writers.

SQLite lets one writer in at a time; the others ask again after sleeping for up to a tenth of a second, and whoever asks
in the right moment gets in. With many at once most of the time is slept away, and some wait for seconds. Here they
wait for a lock that the system hands on: between threads one of the process, between processes one on a file beside
the database. It goes when its process dies. A single statement outside a transaction does not queue; SQLite's own
lock still holds for all.
"""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

BUSY_SECONDS = 30.0


class Queue:
    """The writers of one database file. A record lock belongs to the process, so a fork does not inherit it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._handle = -1
        self.renew()

    def renew(self) -> None:
        self._threads = threading.Lock()

    def enter(self, seconds: float) -> None:
        if not self._threads.acquire(timeout=seconds):
            raise OperationalError("database is locked")
        try:
            if self._handle < 0:
                self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.lockf(self._handle, fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def leave(self) -> None:
        fcntl.lockf(self._handle, fcntl.LOCK_UN)
        self._threads.release()


_queues: dict[str, Queue] = {}
_making = threading.Lock()


def queue_of(database: str) -> Queue:
    with _making:
        return _queues.setdefault(database, Queue(f"{database}-writer"))


def _after_fork() -> None:
    global _making  # noqa: PLW0603 -- whoever held it stayed in the parent
    _making = threading.Lock()
    for queue in _queues.values():
        queue.renew()


os.register_at_fork(after_in_child=_after_fork)


class DatabaseWrapper(base.DatabaseWrapper):
    _held: Queue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if not self.is_in_memory_db():
            queue = queue_of(str(Path(self.settings_dict["NAME"]).resolve()))
            queue.enter(float(self.settings_dict["OPTIONS"].get("timeout", BUSY_SECONDS)))
            self._held = queue
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # when it fails a rollback follows
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.leave()

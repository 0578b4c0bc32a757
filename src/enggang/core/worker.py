"""The queue engine in fewer processes, for a small installation.

The engine keeps a main process, a guard, a feeder and a collector beside each worker, some 60 MB resident each. Here the
guard is the main process and the other two are its threads; only the worker, where jobs run, is a process of its own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any, NoReturn

from django_q.cluster import Sentinel
from django_q.worker import worker


def _nothing() -> None:
    """In place of closing what is still read."""


class Helper(threading.Thread):
    """A thread where the engine expects a process."""

    @property
    def pid(self) -> int | None:
        return self.native_id


class LeanSentinel(Sentinel):
    """Feeder and collector as threads; when anything dies, a fresh start in place of a fork beside running threads."""

    def spawn_process(self, target: Any, *args: Any) -> Any:
        if target is worker:
            return super().spawn_process(target, *args)
        thread = Helper(target=target, args=args, daemon=True)
        thread.start()
        return thread

    def start(self) -> None:
        # The engine closes its end of this queue while the collector, a process of its own there, still reads to the end.
        # Here both are one process: closed, the collector could not read what is left. The end of the process closes it.
        self.result_queue.close = self.result_queue.join_thread = _nothing
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        super().start()

    def _on_signal(self, number: int, frame: object) -> None:
        # Not from inside the handler: the event's lock may be held by the very loop that was interrupted.
        threading.Thread(target=self.stop_event.set, daemon=True).start()

    def reincarnate(self, process: Any) -> NoReturn:
        """A worker that died, or has done its share, means a fresh start; an unfinished job comes back with its lease."""
        for child in self.pool:
            if child.is_alive():
                child.kill()
        os.execv(sys.executable, [sys.executable, "-m", "enggang", "worker"])  # noqa: S606 -- no shell is wanted

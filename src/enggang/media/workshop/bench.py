"""The parent's side: keeps one child warm, gives it work, and ends it when it takes too long or has done its share."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from enggang.media.workshop.limits import MIB
from enggang.media.workshop.pipes import lines_of
from enggang.media.workshop.words import Unreadable, Why

Progress = Callable[[int, int], None]
SHARE = 200  # pieces of work, then a fresh child: libraries leak
ENVIRONMENT = {
    "VIPS_BLOCK_UNTRUSTED": "1", "VIPS_CONCURRENCY": "1", "MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bounds:
    """For one piece of work. ``seconds`` by the clock on the wall."""

    seconds: int
    cpu_seconds: int
    file_bytes: int


PHOTO = Bounds(seconds=120, cpu_seconds=60, file_bytes=256 * MIB)
POSTER = Bounds(seconds=180, cpu_seconds=60, file_bytes=256 * MIB)


def video_bounds(duration_ms: int) -> Bounds:
    """ffmpeg has a bound of CPU time of its own (video.py); this is the clock on the wall of a busy machine."""
    seconds = max(duration_ms // 1000, 60)
    return Bounds(seconds=600 + 60 * seconds, cpu_seconds=600 + seconds, file_bytes=8192 * MIB)


class Workbench:
    """One child at a time; threads wait for each other."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._left = 0
        self._lock = threading.Lock()

    def ask(self, task: str, bounds: Bounds, progress: Progress | None = None, **values: Any) -> dict[str, Any]:
        """What the child made of it. Raises Unreadable with the reason, also when the child died over it.

        ``progress`` is told how far it is; what it raises ends the child's work.
        """
        asked = {"do": task, "cpu_seconds": bounds.cpu_seconds, "file_bytes": bounds.file_bytes, "with": values}
        with self._lock:
            try:
                answer = self._answer(json.dumps(asked).encode() + b"\n", bounds.seconds, progress)
            except BaseException:
                self.close()
                raise
        if "done" in answer:
            done: dict[str, Any] = answer["done"]
            return done
        raise Unreadable(Why(answer["refused"]), answer["detail"])

    def _answer(self, line: bytes, seconds: int, progress: Progress | None) -> dict[str, Any]:
        child = self._warm()
        assert child.stdin
        try:
            child.stdin.write(line)
            child.stdin.flush()
        except BrokenPipeError:
            self.close()
            return {"refused": Why.CRASHED, "detail": ""}
        for text in lines_of(child, seconds):
            answer: dict[str, Any] = json.loads(text)
            if "progress" not in answer:
                return answer
            if progress:
                progress(*answer["progress"])
        late = child.poll() is None
        self.close()
        return {"refused": Why.TIME if late or child.returncode == -signal.SIGXCPU else Why.CRASHED, "detail": ""}

    def _warm(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._left <= 0 or self._child.poll() is not None:
            self.close()
            command = [sys.executable, "-I", "-m", "enggang.media.workshop.child"]
            environment = {"PATH": os.environ.get("PATH", os.defpath), **ENVIRONMENT}
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
            )
            self._left = SHARE
        self._left -= 1
        return self._child

    def close(self) -> None:
        """End the child with everything it has started."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


workbench = Workbench()
atexit.register(workbench.close)

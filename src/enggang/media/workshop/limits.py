"""How much a child process may take, and what it need not have at all."""

from __future__ import annotations

import contextlib
import ctypes
import resource
import signal
import sys

MIB = 1024 * 1024
MEMORY = 3072 * MIB  # of addresses; what is really used is a tenth of it
OPEN_FILES = 256
PIXELS = 120_000_000
SIDE = 30_000
FRAMES = 200
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_SET_PARENT_DEATH_SIGNAL = 1


def settle_down() -> None:
    """Once, before anything is read: no core files, a bound to memory, no network where the system lets us give it up."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if sys.platform.startswith("linux"):
        die_with_parent()
        with contextlib.suppress(AttributeError):
            ctypes.CDLL(None).unshare(
                _CLONE_NEWUSER | _CLONE_NEWNET
            )  # refused in some containers: then the limits alone hold


def die_with_parent() -> None:
    """Nothing that was started here lives on alone, not even when its parent was killed."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def allow(*, cpu_seconds: int, file_bytes: int) -> None:
    """For the next piece of work: so much more CPU time, and no file larger than that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime) + cpu_seconds + 1
    _soft(resource.RLIMIT_CPU, wanted)
    _soft(resource.RLIMIT_FSIZE, file_bytes)


def _soft(kind: int, value: int) -> None:
    _old, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))

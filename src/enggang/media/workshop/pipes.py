"""Whole lines from a process that may be late, or die over its work."""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from collections.abc import Iterator


def lines_of(process: subprocess.Popen[bytes], seconds: float) -> Iterator[bytes]:
    """Without their ends, until time is up or the process is gone."""
    assert process.stdout
    deadline, text = time.monotonic() + seconds, b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0 and waiting.select(left):
            part = os.read(process.stdout.fileno(), 65536)
            if not part:
                process.wait(5)
                return
            *whole, text = (text + part).split(b"\n")
            yield from whole

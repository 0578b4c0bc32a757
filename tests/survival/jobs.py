from __future__ import annotations

import os
import time
from pathlib import Path

from enggang.core.jobs import JobRun, job


@job("survival.write_twice")
def write_twice(_run: JobRun, *, folder: str) -> None:
    """The first run tells its process and waits to be killed; the second finds that and finishes."""
    started = Path(folder) / "started"
    if started.exists():
        (Path(folder) / "finished").write_text(str(os.getpid()))
        return
    started.write_text(str(os.getpid()))
    time.sleep(120)

"""Where the bytes of an unfinished upload lie: one file each, written at an offset under a lock of its own."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from enggang.files.models import Upload


def path_of(upload: Upload) -> Path:
    return Path(settings.UPLOAD_ROOT) / upload.code[:2] / upload.code


@contextmanager
def locked(upload: Upload) -> Iterator[BinaryIO]:
    """The file open for writing, for one request at a time among all processes of the machine."""
    path = path_of(upload)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)
    with path.open("r+b", buffering=0) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle


def write_at(handle: BinaryIO, position: int, block: bytes) -> None:
    """Write, and cut off what an earlier, broken request may have left behind it."""
    handle.seek(position)
    view = memoryview(block)
    while view:
        view = view[handle.write(view) :]
    handle.truncate()


def drop(upload: Upload) -> None:
    path_of(upload).unlink(missing_ok=True)


def free_bytes() -> int:
    root = Path(settings.UPLOAD_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return shutil.disk_usage(root).free

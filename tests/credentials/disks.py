"""A storage on which nothing more fits."""

from __future__ import annotations

import errno
import os
from typing import Any

from django.core.files.storage import InMemoryStorage


class FullDisk(InMemoryStorage):
    def _save(self, name: str, content: Any) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

"""Where bytes lie while they are worked on, and how they come into the store."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from enggang.core import clock
from enggang.files.domain.streaming import sha256_of
from enggang.files.models import StoredFile
from enggang.media.models import Rendition
from enggang.media.models.rendition import RENDITIONS, rendition_key

BLOCK = 1024 * 1024
DAY = 24 * 3600


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of its own that is gone afterwards."""
    root = Path(settings.MEDIA_SCRATCH)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=root) as folder:
        yield Path(folder)


def sweep_scratch() -> int:
    """Take away what killed processes left behind: folders in which nothing was written for a day. Answers how many."""
    root, before = Path(settings.MEDIA_SCRATCH), time.time() - DAY
    left = [path for path in root.iterdir() if _last_written(path) < before] if root.is_dir() else []
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _last_written(folder: Path) -> float:
    """A film is worked on for hours, and written all the while."""
    return max((path.lstat().st_mtime for path in (folder, *folder.glob("*")) if path.exists()), default=0.0)


def sweep_renditions() -> int:
    """Take away renditions in the store that no row names: a process was killed after it had stored them and before it
    had written the rows. Only those that lie there for a day: before, somebody may be writing the rows. Answers how many."""
    before, gone = clock.now() - timedelta(seconds=DAY), 0
    for folder in _listed(RENDITIONS)[0]:
        place = f"{RENDITIONS}/{folder}"
        keys = {f"{place}/{name}" for name in _listed(place)[1]}
        named = set(Rendition.objects.filter(content__startswith=f"{place}/").values_list("content", flat=True))
        old = [key for key in sorted(keys - named) if _stored_at(key) < before]
        for key in old:
            default_storage.delete(key)
        gone += len(old)
    return gone


def _listed(place: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(place)
    except FileNotFoundError:  # nothing was ever kept there
        return [], []


def _stored_at(key: str) -> datetime:
    """One that is gone meanwhile is as good as new: nobody has to take it away."""
    try:
        return default_storage.get_modified_time(key)
    except FileNotFoundError:
        return clock.now()


def local_path(stored: StoredFile, folder: Path) -> Path:
    """The bytes of a stored file as a file of this machine: where they lie, or a copy in ``folder``."""
    name = str(stored.content.name)
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:  # an object store has no paths
        copy = folder / "original"
        with default_storage.open(name, "rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target, BLOCK)
        return copy


@dataclass(frozen=True, slots=True)
class Made:
    """A rendition whose bytes are in the store, before its row is written."""

    key: str
    facts: dict[str, Any]
    sha256: str
    size: int


def keep_made(folder: Path, made: list[dict[str, Any]]) -> list[Made]:
    """Put what the workshop made into the store; all or nothing."""
    kept = list[Made]()
    try:
        for each in made:
            kept.append(_keep(folder / each["name"], each))
    except BaseException:
        throw_away(kept)
        raise
    return kept


def _keep(path: Path, facts: dict[str, Any]) -> Made:
    digest = sha256_of(path)
    with path.open("rb") as handle:
        key = default_storage.save(rendition_key(Rendition(), ""), File(handle))
    return Made(key, facts, digest, path.stat().st_size)


def throw_away(kept: list[Made]) -> None:
    for each in kept:
        default_storage.delete(each.key)

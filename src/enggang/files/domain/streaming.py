"""Keeping a large file of this machine: copied piece by piece, never whole in memory."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject
from enggang.files.domain.storing import safe_name
from enggang.files.enums import RETENTION_DAYS, Purpose
from enggang.files.models import StoredFile
from enggang.files.models.stored_file import storage_key
from enggang.places.models import Organisation


def sha256_of(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def copy_in(
    path: Path, *, name: str, media_type: str, purpose: Purpose, organisation: Organisation, actor: Actor
) -> StoredFile:
    """A row, not written yet, whose bytes are in the store and were hashed there; for ``keep_copied``."""
    days = RETENTION_DAYS[purpose]
    stored = StoredFile(
        organisation=organisation, name=safe_name(name), media_type=media_type, size=path.stat().st_size,
        purpose=purpose, stored_at=clock.now(), stored_by_key=actor.key,
        delete_after=clock.today() + timedelta(days=days) if days else None,
    )  # fmt: skip
    with path.open("rb") as handle:
        stored.content.name = default_storage.save(storage_key(stored, ""), File(handle))
    with default_storage.open(str(stored.content.name), "rb") as handle:
        stored.sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    return stored


@act("files.keep_copied", joins=True)
def keep_copied(*, stored: StoredFile, actor: Actor) -> StoredFile:
    """Write the row of a file that was copied in. The caller's act has asked its own rule."""
    stored.subject = StoredFile.new_subject(stored.organisation.code)
    stored.save()
    record_subject(stored.subject)
    record(purpose=str(stored.purpose), size=stored.size)
    return stored

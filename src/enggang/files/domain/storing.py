"""Storing private files. The bytes are written before the row: a row never points at nothing."""

from __future__ import annotations

import hashlib
import mimetypes
from datetime import timedelta

from django.core.files.base import ContentFile

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject
from enggang.files.enums import RETENTION_DAYS, Purpose
from enggang.files.models import StoredFile
from enggang.places.models import Organisation


@act("files.store_file")
def store_file(
    *, content: bytes, name: str, purpose: Purpose, organisation: Organisation, actor: Actor, media_type: str = ""
) -> StoredFile:
    """Keep ``content`` as a private file of ``organisation``. The caller's act has asked its own rule."""
    days = RETENTION_DAYS[purpose]
    stored = StoredFile(
        organisation=organisation,
        name=name[:200],
        media_type=media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        purpose=purpose,
        stored_at=clock.now(),
        stored_by_key=actor.key,
        delete_after=clock.today() + timedelta(days=days) if days else None,
    )
    stored.content.save("content", ContentFile(content), save=False)
    stored.subject = StoredFile.new_subject(organisation.code)
    stored.save()
    record_subject(stored.subject)
    record(purpose=str(purpose), size=stored.size)
    return stored


def read_bytes(stored: StoredFile) -> bytes:
    with stored.content.open("rb") as handle:
        return bytes(handle.read())

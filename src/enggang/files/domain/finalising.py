"""From arrived bytes to a stored file: read once as a stream, sniffed, hashed, kept. A job, never part of a request."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext_noop

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, record_subject
from enggang.core.jobs import JobRun, job
from enggang.core.states import move
from enggang.files.domain import parts
from enggang.files.enums import RETENTION_DAYS, UPLOAD_MOVES, Purpose, UploadState
from enggang.files.models import StoredFile, Upload
from enggang.files.models.stored_file import storage_key
from enggang.files.sniffing import ENDINGS, group_of, sniff

BLOCK = 1024 * 1024


@job("files.finalise_upload")
def finalise_upload(run: JobRun, *, upload_id: int) -> None:
    """Safe to run twice: the second run finds the upload settled, or stores it anew and takes its copy back."""
    upload = Upload.objects.select_related("organisation__subject").get(pk=upload_id)
    if upload.state != UploadState.RECEIVED:
        parts.drop(upload)
        return
    with parts.path_of(upload).open("rb") as handle:
        refusal, media_type = _judge(upload, handle)
        stored = None if refusal else _store(upload, handle, media_type)
    finish_upload(upload=upload, stored=stored, refusal=refusal, actor=run.actor or SYSTEM)
    parts.drop(upload)


def _judge(upload: Upload, handle: BinaryIO) -> tuple[str, str]:
    media_type = sniff(handle)
    group = group_of(media_type)
    if group and group in upload.accepts.split(","):
        return "", media_type
    return gettext_noop("Its content is of a kind that is not taken here. Send the file in another format."), ""


def _store(upload: Upload, handle: BinaryIO, media_type: str) -> StoredFile:
    digest = _sha256(handle)
    handle.seek(0)
    days = RETENTION_DAYS[upload.purpose]
    stem = upload.name.rsplit(".", 1)[0] or "file"
    stored = StoredFile(
        organisation=upload.organisation, name=f"{stem[:190]}.{ENDINGS[media_type]}", media_type=media_type,
        size=upload.length, sha256=digest, purpose=Purpose(upload.purpose), stored_at=clock.now(),
        stored_by_key=upload.owner_key, delete_after=clock.today() + timedelta(days=days) if days else None,
    )  # fmt: skip
    stored.content.name = default_storage.save(storage_key(stored, ""), File(handle))
    return stored


def _sha256(handle: BinaryIO) -> str:
    handle.seek(0)
    digest = hashlib.sha256()
    while block := handle.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


@act("files.finish_upload")
def finish_upload(*, upload: Upload, stored: StoredFile | None, refusal: str, actor: Actor) -> Upload:
    """Write what became of the upload, once; a second run's copy is thrown away."""
    fresh = Upload.objects.select_for_update().get(pk=upload.pk)
    if fresh.state != UploadState.RECEIVED:
        if stored:
            default_storage.delete(str(stored.content.name))
        return fresh
    record(upload=upload.pk, refused=bool(refusal))
    if stored is None:
        return move(fresh, UploadState.REFUSED, moves=UPLOAD_MOVES, refusal=refusal[:300])
    stored.subject = StoredFile.new_subject(upload.organisation.code)
    stored.save()
    record_subject(stored.subject)
    return move(fresh, UploadState.STORED, moves=UPLOAD_MOVES, file=stored)

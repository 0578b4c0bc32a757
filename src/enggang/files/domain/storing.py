"""Storing and reading private files. The bytes are written before the row: a row never points at nothing."""

from __future__ import annotations

import errno
import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord, Refused, act_each
from enggang.core.hot import add_each
from enggang.core.models import Subject
from enggang.core.text import one_line
from enggang.files.enums import RETENTION_DAYS, Purpose, ScanState
from enggang.files.models import StoredFile
from enggang.places.models import Organisation

FULL = {errno.ENOSPC, errno.EDQUOT}


class Damaged(Refused):
    """The bytes are not those that were stored, or are gone: nothing is handed out."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """What is to be kept as a private file of ``organisation``. The type is told by the name when none is given."""

    content: bytes
    name: str
    purpose: Purpose
    organisation: Organisation
    actor: Actor
    media_type: str = ""


def store_file(
    *, content: bytes, name: str, purpose: Purpose, organisation: Organisation, actor: Actor, media_type: str = ""
) -> StoredFile:
    """Keep ``content`` as a private file of ``organisation``. The caller's act has asked its own rule."""
    return store_files([NewFile(content, name, purpose, organisation, actor, media_type)])[0]


@act_each("files.store_file")
def store_files(asked: Sequence[NewFile], records: Sequence[ActRecord]) -> list[StoredFile]:
    """Keep several files, all or none. The caller's act has asked its own rule."""
    kept = list[StoredFile]()
    try:
        kept.extend(_written(each) for each in asked)
        subjects = [Subject(kind=StoredFile.subject_kind, organisation_code=each.organisation.code) for each in asked]
        for stored, subject in zip(kept, add_each(subjects, key="code"), strict=True):
            stored.subject = subject
        StoredFile.objects.bulk_create(kept)
    except BaseException:
        for stored in kept:
            stored.content.storage.delete(str(stored.content.name))
        raise
    for stored, told in zip(kept, records, strict=True):
        told.tell(stored.subject, purpose=str(stored.purpose), size=stored.size)
    return kept


def _written(new: NewFile) -> StoredFile:
    """The row, not inserted yet, whose bytes are in their place."""
    days = RETENTION_DAYS[new.purpose]
    stored = StoredFile(
        organisation=new.organisation,
        name=safe_name(new.name),
        media_type=new.media_type or mimetypes.guess_type(new.name)[0] or "application/octet-stream",
        size=len(new.content),
        sha256=hashlib.sha256(new.content).hexdigest(),
        purpose=new.purpose,
        stored_at=clock.now(),
        stored_by_key=new.actor.key,
        delete_after=clock.today() + timedelta(days=days) if days else None,
    )
    try:
        stored.content.save("content", ContentFile(new.content), save=False)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Refused(
            _("There is no room left on the server's disk. Tell the administrator, then start this again.")
        ) from error
    return stored


def safe_name(name: str) -> str:
    """The last part of what a browser sent as a name, on one line, without what a file system would refuse."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = one_line("".join(char for char in last if char not in '<>:"|?*'), 200).strip(". ")
    return clean or "file"


def read_bytes(stored: StoredFile) -> bytes:
    """The stored bytes, checked against their SHA-256. Raises Damaged, or Refused when they were deleted in time."""
    if stored.erased_at:
        raise Refused(_("This file was deleted because the time it may be kept was over."))
    if stored.scan_state == ScanState.INFECTED:
        raise Refused(_("A scan found malicious content in this file, so it is not handed out."))
    try:
        with stored.content.open("rb") as handle:
            content = bytes(handle.read())
    except OSError as error:
        raise Damaged(_damaged()) from error
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise Damaged(_damaged())
    return content


def _damaged() -> str:
    return _("The stored file is damaged or missing, so it is not handed out. Please tell the administrator.")

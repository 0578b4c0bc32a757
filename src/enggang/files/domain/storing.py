"""Storing and reading private files. The bytes are written before the row: a row never points at nothing."""

from __future__ import annotations

import errno
import hashlib
import mimetypes
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Refused, act, record, record_subject
from enggang.core.text import one_line
from enggang.files.enums import RETENTION_DAYS, Purpose, ScanState
from enggang.files.models import StoredFile
from enggang.places.models import Organisation

FULL = {errno.ENOSPC, errno.EDQUOT}


class Damaged(Refused):
    """The bytes are not those that were stored, or are gone: nothing is handed out."""


@act("files.store_file")
def store_file(
    *, content: bytes, name: str, purpose: Purpose, organisation: Organisation, actor: Actor, media_type: str = ""
) -> StoredFile:
    """Keep ``content`` as a private file of ``organisation``. The caller's act has asked its own rule."""
    days = RETENTION_DAYS[purpose]
    stored = StoredFile(
        organisation=organisation,
        name=safe_name(name),
        media_type=media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        purpose=purpose,
        stored_at=clock.now(),
        stored_by_key=actor.key,
        delete_after=clock.today() + timedelta(days=days) if days else None,
    )
    try:
        stored.content.save("content", ContentFile(content), save=False)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Refused(
            _("There is no room left on the server's disk. Tell the administrator, then start this again.")
        ) from error
    stored.subject = StoredFile.new_subject(organisation.code)
    stored.save()
    record_subject(stored.subject)
    record(purpose=str(purpose), size=stored.size)
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

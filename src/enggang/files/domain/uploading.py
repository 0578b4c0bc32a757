"""Acts on uploads. Single blocks are no acts: like a job's progress they only move a number, and are told by the last."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record
from enggang.core.jobs import enqueue
from enggang.core.states import move
from enggang.files.domain import parts
from enggang.files.domain.allowance import allowance_of
from enggang.files.domain.finalising import finalise_upload
from enggang.files.domain.storing import safe_name
from enggang.files.domain.tickets import Ticket
from enggang.files.enums import UPLOAD_MOVES, UploadState
from enggang.files.models import Upload
from enggang.places.models import Organisation

BLOCK = 256 * 1024
Read = Callable[[int], bytes]


class TooLarge(Refused):
    """More than a file may have, than was announced, or than there is room for."""


class WrongChecksum(Refused):
    """The bytes are not those that were sent; none of them counts."""


@dataclass(frozen=True, slots=True)
class Checksum:
    algorithm: str
    digest: bytes


@act("files.open_upload")
def open_upload(*, ticket: Ticket, length: int, name: str, actor: Actor) -> Upload:
    """Reserve room for ``length`` bytes. Raises TooLarge, or Conflict for an empty file or too many at once."""
    if length < 1:
        raise Conflict(_("This file is empty. Choose another one."))
    organisation = Organisation.objects.select_for_update().get(pk=ticket.organisation_id)  # one reservation at a time
    room = allowance_of(ticket)
    if length > room.largest:
        raise TooLarge(
            _("This file is too large: there is room for %(size)s.") % {"size": filesizeformat(room.largest)}
        )
    waiting = Upload.objects.filter(owner_key=ticket.owner_key, claimed_at=None, state__in=[*_UNUSED])
    if waiting.count() >= settings.UPLOAD_OPEN_AT_ONCE:
        raise Conflict(_("Too many uploads are unfinished. Finish or remove some of them first."))
    upload = Upload.objects.create(
        organisation=organisation, owner_key=ticket.owner_key, context=ticket.context, accepts=ticket.accepts,
        purpose=ticket.purpose, name=safe_name(name), length=length, opened_at=clock.now(), expires_at=_expiry(),
    )  # fmt: skip
    record(upload=upload.pk, purpose=ticket.purpose, size=length)
    return upload


_UNUSED = (UploadState.OPEN, UploadState.RECEIVED, UploadState.STORED)


def receive(
    *, upload: Upload, offset: int, size: int, read: Read, actor: Actor, checksum: Checksum | None = None
) -> int:
    """Take up to ``size`` bytes from ``read`` at ``offset``; answers how far the upload has come.

    Whoever comes last with the right offset writes, and a request that hangs on a dead line loses its turn. A line that
    drops keeps what has arrived; with a checksum all of it counts, or nothing. Raises Conflict when the offset is not ours.
    """
    if size > upload.length - offset:
        raise TooLarge(_("More bytes came than the file was said to have."))
    writer = _take_turn(upload, offset)
    position, digest = offset, hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
    for block in _blocks(read, size):
        position = _write(upload, writer, position, block, counts=digest is None)
        if digest:
            digest.update(block)
    if checksum and digest:
        if position - offset != size or digest.digest() != checksum.digest:
            raise WrongChecksum(_("The bytes were damaged on their way. Send them again."))
        _count(upload, writer, position)
    if position == upload.length:
        complete_upload(upload=upload, writer=writer, actor=actor)
    return position


def _take_turn(upload: Upload, offset: int) -> str:
    writer = codes.random_code(24)
    with parts.locked(upload):
        rows = Upload.objects.filter(pk=upload.pk, state=UploadState.OPEN, offset=offset, expires_at__gt=clock.now())
        if not rows.update(writer=writer):
            raise Conflict(_("The upload stands elsewhere. Ask for its offset, then go on from there."))
    return writer


def _blocks(read: Read, size: int) -> Iterator[bytes]:
    """The body in blocks; it ends early when the line drops."""
    while size > 0:
        try:
            block = read(min(BLOCK, size))
        except OSError:  # Django's UnreadablePostError is one
            return
        if not block:
            return
        size -= len(block)
        yield block


def _write(upload: Upload, writer: str, position: int, block: bytes, *, counts: bool) -> int:
    with parts.locked(upload) as handle:
        if not Upload.objects.filter(pk=upload.pk, writer=writer, state=UploadState.OPEN).exists():
            raise Conflict(_("Another request goes on with this upload."))
        parts.write_at(handle, position, block)
        position += len(block)
        if counts:
            _count(upload, writer, position)
    return position


def _count(upload: Upload, writer: str, position: int) -> None:
    rows = Upload.objects.filter(pk=upload.pk, writer=writer, state=UploadState.OPEN)
    if not rows.update(offset=position, expires_at=_expiry()):
        raise Conflict(_("Another request goes on with this upload."))


def _expiry() -> datetime:
    return clock.now() + timedelta(days=settings.UPLOAD_DAYS)


@act("files.complete_upload")
def complete_upload(*, upload: Upload, writer: str, actor: Actor) -> Upload:
    """All bytes are here: exactly one request says so, and checking and storing them is a job."""
    rows = Upload.objects.filter(pk=upload.pk, writer=writer, state=UploadState.OPEN, offset=upload.length)
    if rows.update(state=UploadState.RECEIVED, writer=""):
        enqueue(finalise_upload, actor=actor, title=gettext_noop("Checking an upload"), upload_id=upload.pk)
    upload.refresh_from_db()
    record(upload=upload.pk, size=upload.length)
    return upload


@act("files.end_upload")
def end_upload(*, upload: Upload, actor: Actor) -> Upload:
    """Give an upload up and free its room; refused once it was used."""
    if upload.claimed_at:
        raise Conflict(_("This file was handed in already, so it stays."))
    record(upload=upload.pk)
    move(upload, UploadState.ENDED, moves=UPLOAD_MOVES, writer="", name="")
    if upload.file is not None:
        upload.file.delete_after = clock.today() - timedelta(days=1)  # the nightly job takes the bytes
        upload.file.save(update_fields=["delete_after"])
    parts.drop(upload)
    return upload


@act("files.claim_upload", joins=True)
def claim_upload(*, code: str, context: str, actor: Actor) -> Upload:
    """Use an upload that has arrived, once, by whoever brought it, for what it was opened for."""
    rows = Upload.objects.filter(code=code[:24], owner_key=actor.key, context=context, claimed_at=None)
    if not rows.filter(state__in=[UploadState.RECEIVED, UploadState.STORED]).update(claimed_at=clock.now()):
        raise Conflict(_("A file has not arrived yet, or was used already. Wait until all are marked as arrived."))
    upload = Upload.objects.get(code=code)
    record(upload=upload.pk)
    return upload


@act("files.use_again")
def use_again(*, upload: Upload, context: str, actor: Actor) -> Upload:
    """The stored file of an upload for one more use, as a row of its own; whether the actor may is the caller's rule.

    Raises Conflict for a file that has not been looked at yet, or is gone.
    """
    if upload.state != UploadState.STORED or upload.file is None:
        raise Conflict(_("“%(name)s” is not stored yet, or is gone.") % {"name": upload.name})
    now = clock.now()
    again = Upload.objects.create(
        organisation_id=upload.organisation_id, owner_key=actor.key, context=context, accepts=upload.accepts,
        purpose=upload.purpose, name=upload.name, length=upload.length, offset=upload.length, state=UploadState.STORED,
        opened_at=now, expires_at=_expiry(), claimed_at=now, file=upload.file,
    )  # fmt: skip
    record(upload=again.pk, of=upload.pk)
    return again

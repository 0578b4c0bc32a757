"""Taking back what was used for nothing: a picture that could not be read, or that was there already."""

from __future__ import annotations

from enggang.core.actor import Actor
from enggang.core.acts import act, record
from enggang.core.states import move
from enggang.files.domain.retention import let_go
from enggang.files.enums import UPLOAD_MOVES, UploadState
from enggang.files.models import Upload


@act("files.give_back_upload", joins=True)
def give_back_upload(*, upload: Upload, actor: Actor) -> Upload:
    """A used upload that turned out to be of no use: its room is free again, its bytes go."""
    record(upload=upload.pk)
    if upload.file is not None:
        let_go(stored=upload.file, actor=actor)
    if upload.state == UploadState.STORED:
        move(upload, UploadState.ENDED, moves=UPLOAD_MOVES, name="")
    return upload

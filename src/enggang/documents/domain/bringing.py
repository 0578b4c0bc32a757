"""Signed files that a person brings back, many at once: each finds its paper, or comes back with the reason."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, require
from enggang.documents import rules
from enggang.documents.domain.attaching import LARGEST, attach_signature, read_frozen
from enggang.documents.models import Document, SigningMethod
from enggang.documents.queries.signing import Recognised

MOST_FILES = 500
LARGEST_FOLDER = 400 * 1024 * 1024  # bytes of all files unpacked

File = tuple[str, bytes]


@dataclass(slots=True)
class Brought:
    attached: int = 0
    proposed: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def bring_signed(*, method: SigningMethod, files: Iterable[File], actor: Actor) -> Brought:
    """Attach each file to its paper. One that is refused holds up none of the others."""
    require(rules.may_issue(actor, method.organisation))
    known, brought = Recognised(method.organisation), Brought()
    for name, content in _unpacked(files):
        paper = known.paper_of(name, content)
        if paper is None:
            brought.refused.append((name, _("No paper that waits for a signature is this one.")))
            continue
        try:
            signature = attach_signature(document=paper, signed=content, method=method, actor=actor)
        except Refused as refused:
            brought.refused.append((name, refused.message))
        else:
            brought.attached += signature.is_attached
            brought.proposed += not signature.is_attached
    return brought


def _unpacked(files: Iterable[File]) -> Iterator[File]:
    count = 0
    for name, content in files:
        for each in _of_folder(content) if content.startswith(b"PK\x03\x04") else [(name, content)]:
            count += 1
            if count > MOST_FILES:
                raise Conflict(
                    _("At most %(limit)s files at once. Upload the rest afterwards.") % {"limit": MOST_FILES}
                )
            yield each


def _of_folder(content: bytes) -> Iterator[File]:
    left = LARGEST_FOLDER
    try:
        with ZipFile(BytesIO(content)) as folder:
            for info in folder.infolist():
                if info.is_dir() or not info.filename.lower().endswith(".pdf"):
                    continue
                left -= info.file_size
                if info.file_size > LARGEST or left < 0:
                    raise Conflict(_("The files in this ZIP are too large."))
                yield info.filename.rsplit("/", 1)[-1], folder.read(info)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise Conflict(_("This ZIP cannot be opened. Pack the signed files anew, without a password.")) from error


def folder_of(papers: Iterable[Document]) -> bytes:
    """The frozen files as a ZIP, each named by its paper's code so that it is known again when it comes back."""
    out = BytesIO()
    with ZipFile(out, "w") as folder:
        for paper in papers:
            folder.writestr(f"{paper.code}.pdf", read_frozen(paper))
    return out.getvalue()

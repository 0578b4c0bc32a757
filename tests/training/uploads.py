"""An upload that has arrived, as the browser leaves it."""

from __future__ import annotations

import zlib
from io import BytesIO

from enggang.core import jobs
from enggang.core.actor import Actor
from enggang.files.domain.tickets import Ticket
from enggang.files.domain.uploading import open_upload, receive
from enggang.files.models import Upload

PDF = b"%PDF-1.7 bahan"
JPEG = b"\xff\xd8\xff\xe0 foto"


def arrived(
    ticket: Ticket, actor: Actor, content: bytes = PDF, name: str = "bahan.pdf", *, stored: bool = True
) -> Upload:
    upload = open_upload(ticket=ticket, length=len(content), name=name, actor=actor)
    receive(upload=upload, offset=0, size=len(content), read=BytesIO(content).read, actor=actor)
    if stored:
        jobs.run_pending()
    upload.refresh_from_db()
    return upload


def png(width: int = 4, height: int = 3) -> bytes:
    """A picture of one colour."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    rows = zlib.compress(b"".join(b"\0" + b"\xc0\x40\x20" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

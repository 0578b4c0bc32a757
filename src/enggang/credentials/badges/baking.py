"""Baked badges: a PNG that carries the credential in an iTXt chunk (Open Badges 3.0, section 5.3)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
LARGEST = 4 * 1024 * 1024
MOST_CHUNKS = 2_000


class NotBaked(ValueError):
    """Not a whole PNG with one credential in it."""


def bake(png: bytes, content: bytes) -> bytes:
    """The picture with the credential before its pixels. What was baked in before is taken out."""
    chunks = [(kind, data) for kind, data in _chunks(png) if not _is_credential(kind, data)]
    text = KEYWORD + b"\0\0\0\0\0" + content  # not compressed, no language, no translated keyword
    return SIGNATURE + b"".join(_chunk(*each) for each in [chunks[0], (b"iTXt", text), *chunks[1:]])


def unbake(png: bytes) -> bytes:
    """The credential inside. Raises NotBaked when the file is damaged anywhere, or carries none or several."""
    found = [data for kind, data in _chunks(png) if _is_credential(kind, data)]
    if len(found) != 1:
        raise NotBaked("no credential, or several")
    rest = found[0][len(KEYWORD) + 1 :]
    if rest[:1] != b"\0":
        raise NotBaked("compressed: the standard forbids it")
    parts = rest[2:].split(b"\0", 2)  # language, translated keyword, text
    if len(parts) != 3:
        raise NotBaked("cut short")
    return parts[2]


def _is_credential(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(KEYWORD + b"\0")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks from IHDR to IEND, each with its checksum looked at; nothing may follow."""
    if not png.startswith(SIGNATURE) or len(png) > LARGEST:
        raise NotBaked("no PNG, or too large")
    at, first = len(SIGNATURE), True
    for _ in range(MOST_CHUNKS):
        if at + 12 > len(png):
            raise NotBaked("cut short")
        length, kind = struct.unpack_from(">I4s", png, at)
        data = png[at + 8 : at + 8 + length]
        at += 12 + length
        if at > len(png) or struct.unpack_from(">I", png, at - 4)[0] != zlib.crc32(kind + data):
            raise NotBaked("damaged")
        if first != (kind == b"IHDR"):
            raise NotBaked("out of order")
        first = False
        yield kind, data
        if kind == b"IEND":
            if at != len(png):
                raise NotBaked("something follows the picture")
            return
    raise NotBaked("too many chunks")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

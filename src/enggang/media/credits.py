"""How a work is credited: for a person, a search engine, and in the file itself.

In a file the credit stands as XMP, in a packet of our own words: nothing of what the camera wrote is copied.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from enggang.media.workshop.marks import xmp_of

JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
XMP_FLAG = 0x04
MP4_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


@dataclass(frozen=True, slots=True)
class Credit:
    """``creator`` made it, ``holder`` has the rights, ``line`` is what must stand beside it."""

    creator: str = ""
    holder: str = ""
    line: str = ""
    licence_name: str = ""
    licence_url: str = ""
    page: str = ""  # where one may read more and ask
    title: str = ""
    year: int | None = None
    terms: str = ""  # the licence as it stands inside files

    @property
    def notice(self) -> str:
        """The copyright notice: «© 2026 Ibu Contoh»."""
        return " ".join(part for part in ("©", str(self.year or ""), self.holder) if part) if self.holder else ""

    @property
    def marks(self) -> dict[str, str]:
        """As it is written into files (names: workshop/marks.py)."""
        return {
            "creator": self.creator, "rights": self.notice, "credit": self.line, "usage_terms": self.terms,
            "web_statement": self.licence_url, "licensor_url": self.page, "marked": "True" if self.holder else "",
        }  # fmt: skip

    @property
    def text(self) -> str:
        """One line to be put beside the work: title, credit, licence, address."""
        quoted = f"“{self.title}”" if self.title else ""
        parts = [part for part in (quoted, self.line or self.creator, self.licence_name, self.page) if part]
        return " · ".join(parts)


def box_of(credit: Credit) -> bytes:
    """The credit as a box that stands at the end of an MP4 file (ISO 14496-12, XMP specification part 3)."""
    packet = xmp_of(credit.marks)
    return struct.pack(">I", 24 + len(packet)) + b"uuid" + MP4_XMP + packet


def with_credit(content: bytes, credit: Credit) -> bytes:
    """The same picture with the credit in it, an older packet replaced. JPEG, PNG and WebP; others are left as they are.

    For files that were made before the credit became what it is now; the workshop writes the same packet.
    """
    packet = xmp_of(credit.marks)
    if content[:3] == b"\xff\xd8\xff":
        return _in_jpeg(content, packet)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _in_webp(content, packet)
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return _in_png(content, packet)
    return content


def _in_jpeg(content: bytes, packet: bytes) -> bytes:
    segment = b"\xff\xe1" + struct.pack(">H", len(JPEG_XMP) + len(packet) + 2) + JPEG_XMP + packet
    head, place = [content[:2]], 2
    while content[place : place + 2] in {b"\xff\xe0", b"\xff\xe1"}:
        end = place + 2 + max(2, int.from_bytes(content[place + 2 : place + 4]))
        if not content[place + 4 : end].startswith(JPEG_XMP):
            head.append(content[place:end])
        place = end
    return b"".join([*head, segment, content[place:]])


def _in_webp(content: bytes, packet: bytes) -> bytes:
    chunks = [chunk for chunk in _webp_chunks(content) if chunk[0] != b"XMP "]
    if chunks and chunks[0][0] == b"VP8X":
        flags = bytes([chunks[0][1][0] | XMP_FLAG]) + chunks[0][1][1:]
        chunks[0] = (b"VP8X", flags)
    else:
        size = _webp_size(chunks)
        if size is None:
            return content
        width, height, alpha = size
        flags = bytes([XMP_FLAG | (0x10 if alpha else 0), 0, 0, 0])
        head = flags + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        chunks.insert(0, (b"VP8X", head))
    body = b"".join(_webp_chunk(name, data) for name, data in [*chunks, (b"XMP ", packet)])
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(content):
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        yield content[place : place + 4], content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _webp_chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2)


def _webp_size(chunks: list[tuple[bytes, bytes]]) -> tuple[int, int, bool] | None:
    """Width, height, and whether it has transparency, of a WebP without an extended header."""
    for name, data in chunks:
        if name == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
            width, height = struct.unpack("<HH", data[6:10])
            return width & 0x3FFF, height & 0x3FFF, False
        if name == b"VP8L" and data[:1] == b"\x2f":
            bits = int.from_bytes(data[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
    return None


def _in_png(content: bytes, packet: bytes) -> bytes:
    """After the header, as the specification of XMP asks."""
    data = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + packet
    chunk = struct.pack(">I", len(data)) + b"iTXt" + data + struct.pack(">I", zlib.crc32(b"iTXt" + data))
    return content[:33] + chunk + content[33:]

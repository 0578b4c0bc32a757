"""How a work is credited: for a person, a search engine, and in the file itself.

In a file the credit stands as XMP, in a packet of our own words: nothing of what the camera wrote is copied.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

PACKET_ID = "W5M0MpCehiHzreSzNTczkc9d"
JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
XMP_FLAG = 0x04


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

    @property
    def notice(self) -> str:
        """The copyright notice: «© 2026 Ibu Contoh»."""
        return " ".join(part for part in ("©", str(self.year or ""), self.holder) if part) if self.holder else ""

    @property
    def text(self) -> str:
        """One line to be put beside the work: title, credit, licence, address."""
        quoted = f"“{self.title}”" if self.title else ""
        parts = [part for part in (quoted, self.line or self.creator, self.licence_name, self.page) if part]
        return " · ".join(parts)


def xmp_packet(credit: Credit) -> bytes:
    """The credit as an XMP packet (UTF-8), by an allow-list of five properties."""
    rows = "".join(_rows(credit))
    text = (
        f'<?xpacket begin="\ufeff" id="{PACKET_ID}"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">'
        f"{rows}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    )
    return text.encode()


def _rows(credit: Credit) -> Iterator[str]:
    if credit.creator:
        yield f"<dc:creator><rdf:Seq><rdf:li>{_clean(credit.creator)}</rdf:li></rdf:Seq></dc:creator>"
    for tag, value in (("dc:rights", credit.notice), ("xmpRights:UsageTerms", credit.licence_name)):
        if value:
            yield f'<{tag}><rdf:Alt><rdf:li xml:lang="x-default">{_clean(value)}</rdf:li></rdf:Alt></{tag}>'
    if credit.line:
        yield f"<photoshop:Credit>{_clean(credit.line)}</photoshop:Credit>"
    if credit.licence_url:
        yield f"<xmpRights:WebStatement>{_clean(credit.licence_url)}</xmpRights:WebStatement>"
    if credit.page:
        yield (
            '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">'
            f"<plus:LicensorURL>{_clean(credit.page)}</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
        )
    if credit.holder:
        yield "<xmpRights:Marked>True</xmpRights:Marked>"


def _clean(text: str) -> str:
    """What an XML reader takes: no control characters."""
    return escape("".join(char for char in text if char.isprintable())[:500])


def with_credit(content: bytes, credit: Credit) -> bytes:
    """The same picture with the credit in it, an older packet replaced. JPEG, PNG and WebP; others are left as they are."""
    packet = xmp_packet(credit)
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

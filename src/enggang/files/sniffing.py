"""What a file is, by its content: neither its name nor what the browser said counts."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from enggang.files.enums import Accepts

HEAD = 64
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX_TYPE = f"{OFFICE}wordprocessingml.document"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
BRANDS = {
    b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"avif": "image/avif",
    b"qt  ": "video/quicktime",
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"3gp4", b"3gp5", b"3gp6", b"XAVC", b"dash"), "video/mp4"),
}  # fmt: skip
STARTS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
    b"%PDF-": "application/pdf",
}
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", "image/webp": "webp", "image/heic": "heic",
    "image/avif": "avif", "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "application/pdf": "pdf",
    DOCX_TYPE: "docx", f"{OFFICE}spreadsheetml.sheet": "xlsx",
    f"{OFFICE}presentationml.presentation": "pptx", f"{OPEN_DOCUMENT}text": "odt",
    f"{OPEN_DOCUMENT}spreadsheet": "ods", f"{OPEN_DOCUMENT}presentation": "odp",
}  # fmt: skip


def sniff(handle: BinaryIO) -> str:
    """The media type of the content, or nothing when it is none that the product takes."""
    handle.seek(0)
    head = handle.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _sniff_archive(handle)
    return sniff_head(head)


def sniff_head(head: bytes) -> str:
    for start, kind in STARTS.items():
        if head.startswith(start):
            return kind
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if head[4:8] in {b"moov", b"wide"}:  # of cameras from before there were brands
        return "video/quicktime"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "video/webm" if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head else ""


def _of_brands(head: bytes) -> str:
    """The first brand says what it is; where that one only says «a picture», those it is compatible with say of which kind."""
    first, others = head[8:12], {head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4]), HEAD), 4)}
    if first == b"mif1" and b"avif" in others:
        return "image/avif"
    return BRANDS.get(first, "")


def _sniff_archive(handle: BinaryIO) -> str:
    """Office papers are archives; one with macros is none of ours. Only the directory and one short part are read."""
    try:
        with zipfile.ZipFile(handle) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    kind = part.read(80).decode("ascii", "replace").strip()
                return kind if kind in ENDINGS else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return ""
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    parts = {"word/document.xml": "wordprocessingml.document", "xl/workbook.xml": "spreadsheetml.sheet"}
    parts["ppt/presentation.xml"] = "presentationml.presentation"
    return next((OFFICE + kind for part, kind in parts.items() if part in names), "")


def group_of(media_type: str) -> Accepts | None:
    if media_type not in ENDINGS:
        return None
    if media_type.startswith("image/"):
        return Accepts.PHOTO
    return Accepts.VIDEO if media_type.startswith("video/") else Accepts.DOCUMENT


def endings_of(group: str) -> list[str]:
    """What a browser's file dialogue offers for a group."""
    more = [".jpeg", ".tiff"] if group == Accepts.PHOTO else []
    return [f".{ending}" for kind, ending in ENDINGS.items() if group_of(kind) == group] + more

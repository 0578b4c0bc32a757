"""Whether a picture was decoded whole. Decoders go on after what they cannot read, and fill the rest with grey.

A warning alone is no damage: some phones leave a few bytes between two parts, or write marks that nobody knows, and the
picture is whole. So only the words that stand for lost pieces of the picture count.
"""

from __future__ import annotations

import re
from pathlib import Path

from pyvips import ffi, vips_lib

from enggang.media.workshop.words import Unreadable, Why

# What the JPEG library (jerror.h: JWRN_HIT_MARKER, JWRN_HUFF_BAD_CODE, JWRN_ARITH_BAD_CODE, JWRN_MUST_RESYNC,
# JWRN_TOO_MUCH_DATA, JWRN_JPEG_EOF) and the TIFF library say where they lost something.
LOST = re.compile(
    r"premature end|bad Huffman code|bad arithmetic code|found marker 0x\w+ instead of RST|too much image data",
    re.IGNORECASE,
)
LEFT_OUT = re.compile(r"(\d+) extraneous bytes before marker")
PADDING = 4096  # bytes that nobody misses; thousands more are pieces of the picture
RIFF_HEAD = 8  # of a WebP: four letters, then how many bytes follow


def forget_warnings() -> None:
    vips_lib.vips_error_clear()


def see_that_it_is_whole(source: str, media_type: str) -> None:
    """Raises Unreadable when something of the picture that was decoded since ``forget_warnings`` is missing."""
    told = ffi.string(vips_lib.vips_error_buffer()).decode(errors="replace")
    forget_warnings()
    left_out = max((int(found) for found in LEFT_OUT.findall(told)), default=0)
    if LOST.search(told) or left_out > PADDING:
        raise Unreadable(Why.PART, told)
    if media_type == "image/webp" and _is_cut_off(Path(source)):
        raise Unreadable(Why.PART, "cut off")


def _is_cut_off(path: Path) -> bool:
    """The WebP library shows what is there and says nothing; the file says how long it should be."""
    with path.open("rb") as handle:
        head = handle.read(RIFF_HEAD)
    return path.stat().st_size < RIFF_HEAD + int.from_bytes(head[4:], "little")

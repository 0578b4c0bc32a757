"""What people hand in as a scan or a photo of a paper: told by its content, never by its name."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict

LARGEST = 5 * 1024 * 1024  # bytes
SIGNATURES = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}


class Paper(NamedTuple):
    """``name`` ends as its content says."""

    name: str
    media_type: str


def read_paper(content: bytes, name: str, *, largest: int = LARGEST) -> Paper:
    """What a file handed in is. Raises Conflict, with what to do, unless it is PDF, JPEG or PNG of at most ``largest``."""
    kind = next((kind for start, kind in SIGNATURES.items() if content.startswith(start)), None)
    if kind is None:
        raise Conflict(_("This is not a PDF, JPEG or PNG file. Take a photo of the paper, or save it as PDF."))
    if len(content) > largest:
        raise Conflict(
            _("The file is larger than %(size)d MB. Take the photo with a lower quality, then try again.")
            % {"size": largest // 2**20}
        )
    return Paper(f"{name.rsplit('.', 1)[0] or 'dokumen'}.{kind[1]}", kind[0])

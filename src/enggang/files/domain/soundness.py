"""Whether the store of files answers: for ``enggang doctor``."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from enggang.core import codes


def check_store() -> tuple[bool, str]:
    """A file is written, read back and taken away again."""
    name, words = f"probe/{codes.random_code(24)}", b"enggang"
    try:
        kept = default_storage.save(name, ContentFile(words))
        try:
            with default_storage.open(kept, "rb") as handle:
                same = bytes(handle.read()) == words
        finally:
            default_storage.delete(kept)
    except OSError as error:
        return False, _("the store of files does not answer: {error}").format(error=error)
    return same, _("files are written and read back") if same else _("a file came back changed")

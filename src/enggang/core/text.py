"""Text as it is compared, sorted and searched: the same on both databases, whatever their collation."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Letters and digits only, without case or accents, words parted by one space: ``É-Café`` is ``e cafe``."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in kept).split())


def one_line(text: str, limit: int) -> str:
    """On one line, control characters gone, cut to ``limit`` characters with an ellipsis."""
    clean = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"

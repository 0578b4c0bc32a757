"""A store as object stores are: bytes by a key, and no path on this machine."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

_kept: dict[str, bytes] = {}


class Pathless(Storage):
    def _open(self, name: str, _mode: str = "rb") -> File[Any]:
        if name not in _kept:
            raise FileNotFoundError(name)
        return ContentFile(_kept[name], name=name)

    def _save(self, name: str, content: File[Any]) -> str:
        _kept[name] = b"".join(content.chunks())
        return name

    def delete(self, name: str) -> None:
        _kept.pop(name, None)

    def exists(self, name: str) -> bool:
        return name in _kept

    def size(self, name: str) -> int:
        return len(_kept[name])

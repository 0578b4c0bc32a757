"""Who finds what. A kind is open to every role but the participant's unless its app has narrowed it."""

from __future__ import annotations

from enggang.access.enums import Role

FINDS = tuple(str(role) for role in Role if role != Role.PARTICIPANT)
_narrowed: dict[str, tuple[str, ...]] = {}


def narrow(kind: str, *roles: str) -> None:
    """Called in an app's ``ready()``: entries of ``kind`` are found only by those who hold one of ``roles``."""
    _narrowed[kind] = tuple(str(role) for role in roles)


def narrowed_kinds() -> dict[str, tuple[str, ...]]:
    return dict(_narrowed)

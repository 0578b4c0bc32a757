"""How a child says why it made nothing: codes; the parent has the sentences."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    DAMAGED = "damaged"
    PART = "part"
    TOO_MANY_PIXELS = "pixels"
    TOO_LONG = "long"
    TOO_MANY_FRAMES = "frames"
    KIND = "kind"
    MEMORY = "memory"
    TIME = "time"
    CRASHED = "crashed"


class Unreadable(Exception):
    def __init__(self, why: Why, detail: str = "") -> None:
        self.why, self.detail = why, detail
        super().__init__(f"{why} {detail}")

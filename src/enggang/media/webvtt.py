"""Captions as WebVTT (https://www.w3.org/TR/webvtt1/): read, checked, and written anew as plain words with their times.

SubRip files, which most programs for phones write, are read too. Styles, positions and tags are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST_CUES = 1_500
LONGEST_TEXT = 300
LARGEST = 512 * 1024
CLOCK = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?")
TIMING = re.compile(r"\s*(\S+)\s+-->\s+(\S+)(?:\s.*)?")
TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")  # of WebVTT, and what other programs write into SRT: {\an8}
ASIDE = ("NOTE", "STYLE", "REGION")


class Fault(StrEnum):
    """What is wrong with captions."""

    NO_TEXT = "no_text"  # not UTF-8, or no captions in it
    NO_TIME = "no_time"
    BACKWARDS = "backwards"
    TOO_LATE = "too_late"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    EMPTY = "empty"


class Faulty(Exception):
    """``line`` counts lines of a file, or rows of a form, from 1; 0 for the whole."""

    def __init__(self, fault: Fault, line: int = 0) -> None:
        super().__init__(f"{fault} in line {line}")
        self.fault, self.line = fault, line


@dataclass(frozen=True, slots=True)
class Cue:
    """Milliseconds from the beginning of the film."""

    start: int
    end: int
    text: str


def read(content: bytes) -> list[Cue]:
    """The captions of a file. Raises Faulty with its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Faulty(Fault.NO_TEXT) from error
    if "\0" in text or len(content) > LARGEST:
        raise Faulty(Fault.NO_TEXT)
    return list(_cues(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _cues(lines: list[str]) -> Iterator[Cue]:
    for number, block in _blocks(lines):
        if block[0].startswith(("WEBVTT", *ASIDE)) and "-->" not in block[0]:
            continue
        at = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            raise Faulty(Fault.NO_TIME, number)
        yield _cue(block, at, number + at)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines between empty ones, with the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(block: list[str], at: int, number: int) -> Cue:
    found = TIMING.fullmatch(block[at])
    if found is None:
        raise Faulty(Fault.NO_TIME, number)
    text = html.unescape("\n".join(TAG.sub("", line) for line in block[at + 1 :]))
    return Cue(clock(found[1], number), clock(found[2], number), text)


def clock(text: str, line: int = 0) -> int:
    """Milliseconds of «1:02.5», «00:01:02,500» or «75» (seconds)."""
    found = CLOCK.fullmatch(text.strip()) if text.isascii() else None
    if found is None or (found[2] and int(found[3]) > 59):
        raise Faulty(Fault.NO_TIME, line)
    seconds = int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3])
    return seconds * 1000 + int((found[4] or "0").ljust(3, "0"))


def shown(ms: int) -> str:
    """As a person types it: «1:02.500»."""
    return f"{ms // 60_000}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def checked(cues: Iterable[Cue], length: int) -> list[Cue]:
    """In their order, each with words and a time inside the film (``length`` in milliseconds, 0: not known)."""
    kept = list[Cue]()
    for number, cue in enumerate(cues, 1):
        text = plain(cue.text)
        if not text:
            raise Faulty(Fault.EMPTY, number)
        if len(text) > LONGEST_TEXT:
            raise Faulty(Fault.TOO_LONG, number)
        if cue.end <= cue.start:
            raise Faulty(Fault.BACKWARDS, number)
        if length and cue.start >= length:
            raise Faulty(Fault.TOO_LATE, number)
        kept.append(Cue(cue.start, cue.end, text))
    if len(kept) > MOST_CUES:
        raise Faulty(Fault.TOO_MANY)
    return sorted(kept, key=lambda cue: (cue.start, cue.end))


def plain(text: str) -> str:
    """Words and single line breaks, nothing that cannot be seen."""
    lines = ("".join(char for char in line if char.isprintable()).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def written(cues: Iterable[Cue]) -> str:
    blocks = (f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{html.escape(cue.text, quote=False)}\n" for cue in cues)
    return "WEBVTT\n\n" + "\n".join(blocks)


def _stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"

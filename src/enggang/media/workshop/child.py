"""A child process: takes one line of JSON at a time, answers one line, ends when nobody asks any more."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, TextIO

from enggang.media.workshop import limits
from enggang.media.workshop.words import Unreadable


def _tasks() -> dict[str, Callable[..., dict[str, Any]]]:
    """Loaded here, once: a child stays warm between the pictures."""
    from enggang.media.workshop import cuts, photos, video  # noqa: PLC0415 -- after the limits are set

    return {
        "photo": photos.make_photo, "poster": video.make_poster, "mp4": video.make_mp4, "hls": video.make_hls,
        "cut": cuts.make_cut,
    }  # fmt: skip


TOLD = {"mp4", "hls", "cut"}  # these say how far they are


def main() -> None:
    logging.disable()  # what libraries think of strange files fills no log
    # Libraries that print must not garble the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    limits.settle_down()
    tasks = _tasks()
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["do"] in TOLD:
            asked["with"]["tell"] = partial(_tell, answers)
        _say(answers, _answer(tasks[asked["do"]], asked))


def _say(answers: TextIO, words: dict[str, Any]) -> None:
    answers.write(json.dumps(words) + "\n")
    answers.flush()


def _tell(answers: TextIO, done: int, total: int) -> None:
    _say(answers, {"progress": [done, total]})


def _answer(task: Callable[..., dict[str, Any]], asked: dict[str, Any]) -> dict[str, Any]:
    limits.allow(cpu_seconds=asked["cpu_seconds"], file_bytes=asked["file_bytes"])
    try:
        return {"done": task(**asked["with"])}
    except Unreadable as error:
        return {"refused": str(error.why), "detail": error.detail[:500]}
    except MemoryError:
        return {"refused": "memory", "detail": ""}
    except Exception as error:  # noqa: BLE001 -- whatever a strange file does to a library is told, not raised
        return {"refused": "damaged", "detail": f"{type(error).__name__}: {error}"[:500]}


if __name__ == "__main__":
    main()

"""exiftool, kept warm: starting Perl for each picture costs more than scaling a small one.

It ends with the process that asked (the end of its input alone does not end it), and is started anew when it was late or died.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import shutil
import subprocess
from typing import Any

from enggang.media.workshop.limits import die_with_parent
from enggang.media.workshop.pipes import lines_of

SECONDS = 10
READY = b"{ready}"


class Exiftool:
    """One process for one thread."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, source: str, tags: tuple[str, ...]) -> dict[str, Any]:
        """The tags that are there. OSError when it died or was late, ValueError when it could say nothing."""
        if "\n" in source or not source.startswith("/"):  # one argument a line, and none that is taken for an option
            raise ValueError("no whole path in one line")
        asked = ["-json", "-n", "-fast", *(f"-{tag}" for tag in tags), source, "-execute", ""]
        try:
            said = self._answer("\n".join(asked).encode())
        except BaseException:
            self.close()  # what it still has to say belongs to no other picture
            raise
        found: list[dict[str, Any]] = json.loads(said)
        return found[0]

    def _answer(self, asked: bytes) -> bytes:
        process = self._warm()
        assert process.stdin
        process.stdin.write(asked)
        process.stdin.flush()
        said = list[bytes]()
        for line in lines_of(process, SECONDS):
            if line == READY:
                return b"\n".join(said)
            said.append(line)
        raise TimeoutError("exiftool said nothing more")

    def _warm(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [self.path, "-stay_open", "True", "-@", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, preexec_fn=die_with_parent,  # noqa: PLW1509 -- the child has no threads
            )  # fmt: skip
        return self._process

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


def find_exiftool() -> Exiftool | None:
    """Of this machine, where it has one."""
    path = shutil.which("exiftool")
    if not path:
        return None
    tool = Exiftool(path)
    atexit.register(tool.close)
    return tool

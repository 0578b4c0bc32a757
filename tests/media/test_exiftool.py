"""exiftool as one warm process: never another picture's words, never an orphan, and a stuck one costs one picture's facts."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from enggang.media.workshop import exiftool
from enggang.media.workshop.bench import PHOTO, Workbench
from enggang.media.workshop.exiftool import Exiftool
from enggang.media.workshop.metadata import TAGS
from tests.media.factories import photo

PATH = shutil.which("exiftool") or ""
pytestmark = [pytest.mark.skipif(not PATH, reason="exiftool is not on this machine"), pytest.mark.once]


@pytest.fixture
def tool() -> Iterator[Exiftool]:
    made = Exiftool(PATH)
    yield made
    made.close()


def pid_of(tool: Exiftool) -> int:
    assert tool._process
    return tool._process.pid


def taken(folder: Path, name: str, *, when: bool = True) -> str:
    path = folder / name
    path.write_bytes(photo(taken=when))
    return str(path)


def test_one_process_reads_them_all_and_mixes_nothing_up(tool: Exiftool, tmp_path: Path) -> None:
    first, second = taken(tmp_path, "a.jpg"), taken(tmp_path, "b.jpg", when=False)
    assert tool.read(first, TAGS)["DateTimeOriginal"] == "2026:05:01 10:20:30"
    pid = pid_of(tool)
    assert "DateTimeOriginal" not in tool.read(second, TAGS)
    for name in (f"{first}\n-execute", "-config", "@/etc/passwd", "#a", ""):
        with pytest.raises(ValueError, match="whole path"):
            tool.read(name, TAGS)
    with pytest.raises(ValueError, match="Expecting value"):
        tool.read(str(tmp_path / "tidak-ada.jpg"), TAGS)
    assert tool.read(first, TAGS)["Model"] == "Kamera X1"
    assert pid_of(tool) == pid


def test_one_that_is_stuck_or_dead_is_replaced(tool: Exiftool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = taken(tmp_path, "a.jpg")
    tool.read(path, TAGS)
    first = pid_of(tool)
    monkeypatch.setattr(exiftool, "SECONDS", 0.3)
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        tool.read(path, TAGS)
    monkeypatch.setattr(exiftool, "SECONDS", 10)
    assert tool.read(path, TAGS)["Model"] == "Kamera X1"
    second = pid_of(tool)
    assert second != first
    os.kill(second, signal.SIGKILL)
    with pytest.MonkeyPatch.context() as blind:
        blind.setattr("subprocess.Popen.poll", lambda _self: None)  # dies while it is being asked
        with pytest.raises(OSError, match="exiftool|pipe"):
            tool.read(path, TAGS)
    assert tool.read(path, TAGS)["Model"] == "Kamera X1"


@pytest.mark.parametrize("killed", [True, False])
def test_it_ends_with_the_child_that_asked(tmp_path: Path, killed: bool) -> None:
    """Also when the child is killed and cannot end it itself."""
    bench = Workbench()
    bench.ask(
        "photo", PHOTO, source=taken(tmp_path, "a.jpg"), media_type="image/jpeg", folder=str(tmp_path),
        sizes=[("small", 480)],
    )  # fmt: skip
    assert bench._child
    assert bench._child.stdin
    pid = bench._child.pid
    helper = int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
    assert "exiftool" in Path(f"/proc/{helper}/cmdline").read_text()
    if killed:
        os.kill(pid, signal.SIGKILL)
    else:
        bench._child.stdin.close()
    bench._child.wait(10)
    until = time.monotonic() + 10
    while _lives(helper) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(helper)
    bench.close()


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False

"""The demonstration as a real family of processes: it answers, and leaves nobody behind however it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("demo")]
READY = "Ctrl-C stops everything"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes() -> dict[int, tuple[int, str]]:
    """Everything that runs here: pid to (parent, command), zombies left out."""
    rows = subprocess.check_output(["ps", "-e", "-o", "pid=,ppid=,stat=,args="], text=True).splitlines()
    parts = [row.split(None, 3) for row in rows]
    return {int(pid): (int(parent), rest[0]) for pid, parent, state, *rest in parts if rest and "Z" not in state}


def descendants(pid: int) -> set[int]:
    table, found, edge = processes(), set[int](), {pid}
    while edge:
        edge = {child for child, (parent, _command) in table.items() if parent in edge}
        found |= edge
    return found


def wait_until_gone(pids: set[int], seconds: float) -> set[int]:
    deadline = time.monotonic() + seconds
    while (left := pids & processes().keys()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


@dataclass
class Demo:
    process: subprocess.Popen[str]
    port: int
    said: list[str]

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        code = self.process.wait(30)
        assert self.process.stdout
        self.said += self.process.stdout.readlines()
        return code


class Starter:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.started: list[Demo] = []

    def __call__(self) -> Demo:
        port = free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ENGGANG_", "DJANGO_"))}
        process = subprocess.Popen(
            [sys.executable, "-m", "enggang", "demo", "--port", str(port)],
            env={**kept, "ENGGANG_DATA": str(self.data), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        demo = Demo(process, port, [])
        self.started.append(demo)
        assert process.stdout
        for line in process.stdout:
            demo.said.append(line)
            if READY in line:
                return demo
        pytest.fail("the demonstration did not start:\n" + "".join(demo.said))


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    starter = Starter(tmp_path_factory.mktemp("demo"))
    yield starter
    for demo in starter.started:
        if demo.process.poll() is None:
            demo.end(signal.SIGTERM)
        if demo.process.stdout:
            demo.process.stdout.close()


def answer(port: int) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"GET / HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode())
        return line.recv(64).decode().split("\r\n")[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_demo_answers_and_a_signal_stops_all_of_it(start: Starter, number: signal.Signals) -> None:
    demo = start()
    family = descendants(demo.process.pid)
    assert answer(demo.port).endswith("200 OK")
    assert len(family) >= 3
    assert demo.end(number) == 0
    assert wait_until_gone(family, 5) == set()
    assert "Traceback" not in "".join(demo.said)


def test_when_one_process_falls_the_rest_is_stopped_and_it_is_said(start: Starter) -> None:
    demo = start()
    family = descendants(demo.process.pid)
    table = processes()
    worker = next(pid for pid in family if table[pid][0] == demo.process.pid and "worker" in table[pid][1].split())
    os.kill(worker, signal.SIGKILL)
    assert demo.process.wait(30) == 1
    assert demo.process.stdout
    assert "The worker process ended by itself" in demo.process.stdout.read()
    assert wait_until_gone(family, 5) == set()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a process that its parent died")
def test_even_a_killed_supervisor_leaves_nobody(start: Starter) -> None:
    demo = start()
    family = descendants(demo.process.pid)
    demo.process.kill()
    assert wait_until_gone(family, 20) == set()

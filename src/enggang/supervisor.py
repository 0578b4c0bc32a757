"""The demonstration's parent process: starts web and worker, waits for the first page, and leaves nobody behind.

It imports no Django, because it stays alive beside those who do.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

START_SECONDS = 60
STOP_SECONDS = 10
# Many wait in one group (core.gathering) or on a slow line, and waiting costs no lock; each keeps one database connection.
BLOCKING_THREADS = 24
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Say = Callable[[str], str]


class Stopped(Exception):
    """Somebody asked us to end."""


class Failed(Exception):
    """It cannot go on; the text says why."""


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]


@dataclass
class Family:
    """The processes we started; whoever asks us to end, ends all of them."""

    environment: dict[str, str]
    say: Say
    children: list[Child] = field(default_factory=list)
    _starting: bool = False
    _asked: bool = False

    def listen(self) -> None:
        for wanted in SIGNALS:
            if signal.getsignal(wanted) != signal.SIG_IGN or wanted != signal.SIGHUP:  # nohup is respected
                signal.signal(wanted, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        if not self._starting:  # else a child just born would be in nobody's list
            self._leave()

    def _leave(self) -> NoReturn:
        _ignore_signals()
        raise Stopped

    def start(self, name: str, *arguments: str) -> Child:
        self._starting = True
        # A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which then stops each in order.
        command = [sys.executable, "-m", "enggang", *arguments]
        child = Child(name, subprocess.Popen(command, env=self.environment, start_new_session=True))
        self.children.append(child)
        self._starting = False
        if self._asked:
            self._leave()
        return child

    def fallen(self) -> Child | None:
        return next((child for child in self.children if child.process.poll() is not None), None)

    def obituary(self, child: Child) -> str:
        text = self.say("The {name} process ended by itself (code {code}), so the rest is stopped too.")
        return text.format(name=child.name, code=child.process.returncode)

    def watch(self) -> int:
        while not (fallen := self.fallen()):
            time.sleep(0.25)
        raise Failed(self.obituary(fallen))

    def end(self) -> None:
        """Ask each leader to end, give it time, then end what is left of its group."""
        _ignore_signals()
        for child in self.children:
            if child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def _ignore_signals() -> None:
    for wanted in SIGNALS:  # a second Ctrl-C must not interrupt the clean-up
        signal.signal(wanted, signal.SIG_IGN)


def run_demo(*, port: int, lan: bool, say: Say) -> int:
    """Prepare, start, show the way in, and wait until asked to stop. Answers the exit code."""
    started = time.monotonic()
    host = "0.0.0.0" if lan else "127.0.0.1"  # noqa: S104 -- asked for by --lan
    if (problem := port_problem(host, port, say)) is not None:
        print(problem, file=sys.stderr)
        return 1
    address = f"http://{lan_address() if lan else 'localhost'}:{port}"
    family = Family(demo_environment(address=address, port=port, lan=lan), say)
    family.listen()
    try:
        _prepare(family)
        family.start("web", "serve", "--host", host, "--port", str(port))
        family.start("worker", "worker")
        _wait_for_page(port, family)
        _welcome(address, lan=lan, seconds=time.monotonic() - started, say=say)
        return family.watch()
    except Stopped:
        print("\n" + say("Stopping…"), flush=True)
        return 0
    except Failed as failure:
        print(failure, file=sys.stderr, flush=True)
        return 1
    finally:
        family.end()


def _prepare(family: Family) -> None:
    print(family.say("Preparing the demonstration…"), flush=True)
    if family.start("prepare", "prepare-demo").process.wait():
        raise Failed(family.say("The demonstration data could not be prepared; the lines above say why."))
    family.children.clear()


def demo_environment(*, address: str, port: int, lan: bool) -> dict[str, str]:
    environment = {
        **os.environ,
        "ENGGANG_DEMO": "1",
        "ENGGANG_DATA": str(data_folder()),
        "ENGGANG_SUPERVISED": "1",
        "PORT": str(port),
        # The threads would otherwise each keep an arena of freed memory.
        "MALLOC_ARENA_MAX": "2",
    }
    environment.setdefault("ENGGANG_PUBLIC_URL", address)
    if lan:
        hosts = [os.environ.get("ENGGANG_ALLOWED_HOSTS", ""), lan_address(), socket.gethostname()]
        environment["ENGGANG_ALLOWED_HOSTS"] = ",".join(filter(None, hosts))
    return environment


def data_folder() -> Path:
    return Path(os.environ.get("ENGGANG_DATA") or "var").resolve()


def port_problem(host: str, port: int, say: Say) -> str | None:
    """Why we cannot listen there and what to do about it, or None when we can."""
    try:
        _try_port(host, port)
    except PermissionError:
        return say("This user may not listen on port {port}; ports from 1024 upward are free to all.").format(port=port)
    except OSError:
        free = next((other for other in range(port + 1, port + 100) if _is_free(host, other)), port + 1)
        return say(
            "Port {port} is taken by another program (perhaps a demonstration that still runs).\n"
            "Stop it, or choose another port:  PORT={free} bin/demo   or   enggang demo --port {free}"
        ).format(port=port, free=free)
    return None


def _try_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _is_free(host: str, port: int) -> bool:
    try:
        _try_port(host, port)
    except (OSError, OverflowError):
        return False
    return True


def lan_address() -> str:
    """This machine's address on its network; nothing is sent to learn it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def end_with_parent() -> None:
    """Ask Linux to stop this process when the supervisor dies, even by SIGKILL. Elsewhere its own clean-up must do."""
    if not os.environ.get("ENGGANG_SUPERVISED") or not sys.platform.startswith("linux"):
        return
    import ctypes

    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def become_web(*, host: str, port: int, quiet: bool) -> NoReturn:
    """Replace this process by granian; ENGGANG_WORKERS processes, each with a few threads that may block."""
    end_with_parent()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", os.environ.get("ENGGANG_WORKERS") or "1", "--blocking-threads", str(BLOCKING_THREADS)),
        *("--no-ws", "--http", "1", "--log-level", "error" if quiet else "info"),
        *("--workers-kill-timeout", str(STOP_SECONDS - 2), "--respawn-failed-workers"),
        "enggang.config.wsgi:application",
    ]
    os.execv(sys.executable, command)  # noqa: S606 -- no shell is wanted


def _wait_for_page(port: int, family: Family) -> None:
    deadline = time.monotonic() + START_SECONDS
    while (status := _front_page(port)) is None:
        if fallen := family.fallen():
            raise Failed(family.obituary(fallen))
        if time.monotonic() > deadline:
            raise Failed(family.say("The first page did not answer within {n} seconds.").format(n=START_SECONDS))
        time.sleep(0.05)
    if status >= 500:
        raise Failed(family.say("The front page answers with an error; the lines above say more."))


def _front_page(port: int) -> int | None:
    """Its HTTP status, or None. By hand, since an HTTP library would stay in memory for one question."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(f"GET / HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode())
            words = line.recv(16).split()
    except OSError:
        return None
    return int(words[1]) if len(words) > 1 else None


def _welcome(address: str, *, lan: bool, seconds: float, say: Say) -> None:
    print("\n" + say("Enggang is ready after {n:.1f} s:  {address}/").format(n=seconds, address=address) + "\n")
    sign_ins = data_folder() / "demo-sign-ins.txt"
    if sign_ins.exists():
        print(sign_ins.read_text(encoding="utf-8").rstrip() + "\n")
    if lan:
        print(
            say(
                "Other devices on this network can open it. Over plain HTTP a phone gives a page no camera, no offline\n"
                "work and no passkeys; the printed QR is a plain address that the phone's own camera app opens."
            )
            + "\n"
        )
    print(say("Data is kept in {folder}. Ctrl-C stops everything.").format(folder=data_folder()), flush=True)

"""A job survives ``kill -9`` of the process that runs it, and runs again within a minute, on the real lease."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

DATABASE = os.environ.get("ENGGANG_DATABASE_URL", "")
MINUTE = 60.0


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    name = f"enggang_survival_{os.getpid()}"
    url = f"sqlite:///{tmp_path}/survival.sqlite3"
    with _postgres(name) if DATABASE.startswith("postgres") else _nothing():
        if DATABASE.startswith("postgres"):
            url = DATABASE.rsplit("/", 1)[0] + f"/{name}"
        root = str(Path(__file__).parents[2])
        yield {
            **os.environ,
            "PYTHONPATH": root,
            "DJANGO_SETTINGS_MODULE": "tests.survival.settings",
            "ENGGANG_DATA": str(tmp_path),
            "ENGGANG_DATABASE_URL": url,
            "ENGGANG_SECRET_KEY": "only-for-the-survival-test-" + "0" * 30,
        }


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _postgres(name: str) -> Iterator[None]:
    import psycopg

    with psycopg.connect(DATABASE, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_killed_worker_s_job_runs_again_within_a_minute(environment: dict[str, str], tmp_path: Path) -> None:
    _manage(environment, "migrate", "--verbosity=0")
    _manage(environment, "createcachetable")
    _shell(environment, _enqueue(tmp_path))
    worker = subprocess.Popen([sys.executable, "-m", "enggang", "manage", "run_worker"], env=environment)
    try:
        first = int(_wait_for(tmp_path / "started", 20))
        os.kill(first, signal.SIGKILL)
        killed = time.monotonic()
        second = int(_wait_for(tmp_path / "finished", MINUTE))
        assert time.monotonic() - killed < MINUTE
        assert second != first
        _until(lambda: _state(environment) == "done 2", 10)
    finally:
        worker.terminate()
        worker.wait(30)


@pytest.mark.parametrize("size", [120, pytest.param(500, marks=pytest.mark.long)])
def test_a_batch_killed_twice_skips_no_number_and_issues_none_twice(environment: dict[str, str], size: int) -> None:
    """Certificates drawn and signed; the worker is killed at a third and at two thirds of them."""
    environment["DJANGO_SETTINGS_MODULE"] = "tests.survival.soon"
    _manage(environment, "migrate", "--verbosity=0")
    _manage(environment, "createcachetable")
    _shell(environment, f"from tests.survival.batch import prepare; prepare({size})")
    for share in (size // 3, 2 * size // 3):
        with _worker(environment) as worker:
            _told(environment, share)
            os.killpg(worker.pid, signal.SIGKILL)
        found = _told(environment)
        assert share <= found["issued"] < size
        assert found["issued"] == found["frozen"] == found["signed"]
    with _worker(environment):
        found = _told(environment, size)
    assert found == {
        "state": "done", "attempts": 3, "message": "", "issued": size, "frozen": size, "signed": size, "whole": True,
        "numbers": size,
    }  # fmt: skip


@contextmanager
def _worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """In a process group of its own, so that it can be killed with all it has started."""
    command = [sys.executable, "-m", "enggang", "manage", "run_worker"]
    worker = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        yield worker
    finally:
        if worker.poll() is None:
            worker.terminate()
        worker.wait(30)


def _told(environment: dict[str, str], issued: int = 0) -> dict[str, Any]:
    """What has come of the batch, once so many certificates are issued."""
    code = f"from tests.survival.batch import told; print(told({issued}))"
    found: dict[str, Any] = json.loads(_shell(environment, code))
    return found


def _shell(environment: dict[str, str], code: str) -> str:
    return _manage(environment, "shell", "--no-imports", "--command", code)


def _enqueue(folder: Path) -> str:
    return (
        "from enggang.core.actor import SYSTEM; from enggang.core.jobs import enqueue; "
        f"from tests.survival.jobs import write_twice; enqueue(write_twice, actor=SYSTEM, folder={str(folder)!r})"
    )


def _state(environment: dict[str, str]) -> str:
    code = "from enggang.core.models import Job; job = Job.objects.get(); print(job.state, job.attempts)"
    return _shell(environment, code).strip()


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done: Any = subprocess.run(
        [sys.executable, "-m", "enggang", "manage", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def _wait_for(path: Path, seconds: float) -> str:
    _until(lambda: path.exists() and path.read_text() != "", seconds)
    return path.read_text()


def _until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.2)

"""Writers of one SQLite file come in one after the other, and the lock never outlives who holds it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from enggang.core.sqlite.base import DatabaseWrapper, Queue, queue_of

pytestmark = pytest.mark.django_db  # else no connection may be opened
ROOT = Path(__file__).parent.parent.parent
OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 2,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
SETTINGS: dict[str, Any] = {
    "ENGINE": "enggang.core.sqlite", "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": False, "OPTIONS": OPTIONS, "TIME_ZONE": None, "USER": "", "PASSWORD": "", "HOST": "",
    "PORT": "", "TEST": {},
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "db.sqlite3"
    with sqlite3.connect(file) as line:
        line.execute("CREATE TABLE count (n integer)")
        line.execute("INSERT INTO count VALUES (0)")
    return str(file)


def open_line(path: str) -> DatabaseWrapper:
    return DatabaseWrapper({**SETTINGS, "NAME": path}, "default")


def count_up(path: str, times: int) -> None:
    line = open_line(path)
    for _ in range(times):
        line.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with line.cursor() as cursor:
            cursor.execute("SELECT n FROM count")
            (n,) = cursor.fetchone()
            cursor.execute("UPDATE count SET n = %s", [n + 1])
        line.commit()
        line.set_autocommit(True)
    line.close()


def counted(path: str) -> int:
    with sqlite3.connect(path) as line:
        return int(line.execute("SELECT n FROM count").fetchone()[0])


CHILD = """
import os, sys
from django.conf import settings
settings.configure()
from tests.core.test_sqlite_queue import count_up, open_line
path, work = sys.argv[1:]
if work == "die":
    line = open_line(path)
    line.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    os.kill(os.getpid(), 9)
count_up(path, int(work))
"""


def child(path: str, work: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", CHILD, path, work], cwd=ROOT)


def test_threads_and_processes_lose_no_count(path: str) -> None:
    children = [child(path, "100") for _ in range(2)]
    threads = [threading.Thread(target=count_up, args=(path, 100)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [each.wait(60) for each in children] == [0, 0]
    assert counted(path) == 600


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_the_next_writer_comes_in_however_the_first_one_ends(path: str, end: str) -> None:
    first = open_line(path)
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    getattr(first, end)()
    count_up(path, 1)
    assert counted(path) == 1


def test_who_waits_too_long_is_told_that_the_database_is_locked(path: str) -> None:
    first = open_line(path)
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    found: list[BaseException] = []

    def second() -> None:
        try:
            count_up(path, 1)
        except OperationalError as error:
            found.append(error)

    thread = threading.Thread(target=second)
    thread.start()
    thread.join(10)
    assert [str(each) for each in found] == ["database is locked"]
    first.rollback()
    count_up(path, 1)


def test_a_killed_process_leaves_the_queue_open(path: str) -> None:
    assert child(path, "die").wait(60) == -9
    count_up(path, 1)
    assert counted(path) == 1


def test_one_file_has_one_queue(path: str) -> None:
    assert queue_of(path) is queue_of(path)
    assert isinstance(queue_of(path), Queue)

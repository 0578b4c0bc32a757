"""A database of its own and the product's server on it, for benchmarks over real HTTP; both are put away afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).parent.parent
POSTGRESQL = os.environ.get("ENGGANG_TEST_DATABASE_URL", "postgres:///test")


def databases() -> dict[str, str]:
    """By name: SQLite, and PostgreSQL where one answers."""
    return {"SQLite": "", **({"PostgreSQL": POSTGRESQL} if postgresql_answers() else {})}


def postgresql_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def own_environment(url: str, name: str, settings: str) -> Iterator[dict[str, str]]:
    """A data folder that is thrown away, and in PostgreSQL a database that is dropped."""
    data = tempfile.mkdtemp(prefix="enggang-bench-")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENGGANG_")}
    environment = {**kept, "ENGGANG_DATA": data, "DJANGO_SETTINGS_MODULE": settings}
    name = f"enggang_bench_{name}_{os.getpid()}"
    if url:
        environment["ENGGANG_DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        command(url, f"CREATE DATABASE {name}")
    try:
        yield environment
    finally:
        if url:
            command(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        shutil.rmtree(data, ignore_errors=True)


def command(url: str, words: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(words.encode())


@contextmanager
def serving(
    environment: dict[str, str], application: str = "enggang.config.wsgi:application", port: int = 0
) -> Iterator[int]:
    """The product's server with its own number of threads, on a free port of this machine."""
    from enggang.supervisor import BLOCKING_THREADS

    port = port or free_port()
    words = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(BLOCKING_THREADS), "--no-ws", "--http", "1"),
        *("--log-level", "warning", application),
    ]
    server = subprocess.Popen(words, cwd=ROOT, env=environment)
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")

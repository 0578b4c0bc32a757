"""Check-in at the gate over real HTTP, beside a bare insert behind the same server; kill -9 and two phones in between.

A redemption is one POST of one scan to the gate's own address: find the gate and its link, judge the scan, make the
mark, keep the scan, write the audit row, commit, answer. The rival is a POST that inserts one row. Server: granian, two
processes, in a child with a data folder of its own. Clients: threads of this process with one kept connection each.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import Comparison, Result

ROOT = Path(__file__).parent.parent
POSTGRESQL = os.environ.get("ENGGANG_TEST_DATABASE_URL", "postgres:///test")
PASSES, OCCASIONS, QUEUED, BATCH = 5_000, 24, 5_000, 200
IN_FLIGHT, ROUNDS, MOST_RETRIES = 8, 3, 2_000
EXPECTED_PER_SECOND, EXPECTED_P99_MS, EXPECTED_RATIO = 500, 50.0, 0.3
Body = dict[str, Any]


@dataclass
class World:
    """What the server's data folder holds, and which pass at which occasion has not been used yet."""

    port: int
    environment: dict[str, str]
    token: str = ""
    codes: list[str] = field(default_factory=list)
    occasions: list[str] = field(default_factory=list)
    fresh: Iterator[tuple[str, str]] = field(default_factory=lambda: iter(()))
    server: subprocess.Popen[bytes] | None = None


# --- in the child ----------------------------------------------------------------------------------------------------


def prepare() -> None:
    """Migrate an empty database and fill it: one group, its passes, its occasions, one gate."""
    import django

    django.setup()
    from datetime import timedelta

    from django.core.management import call_command
    from django.db import connection

    from enggang.attendance.domain import open_gate, open_occasion
    from enggang.attendance.models import Pass
    from enggang.core import clock
    from enggang.core.actor import SYSTEM
    from enggang.core.models import Subject
    from enggang.places.domain.organisations import open_organisation

    call_command("setup", verbosity=0)
    with connection.cursor() as cursor:
        serial = "bigserial" if connection.vendor == "postgresql" else "integer"
        cursor.execute(f"CREATE TABLE bare (id {serial} PRIMARY KEY, scan text)")
    agency = open_organisation(name="Dinas", short_name="Dinas", kind="agency", actor=SYSTEM)
    group = Subject.objects.make(kind="group")
    Subject.objects.bulk_create([Subject(kind="person") for _ in range(PASSES)], batch_size=500)
    holders = Subject.objects.filter(kind="person").order_by("-pk")[:PASSES]
    Pass.objects.bulk_create(
        [Pass(holder=row, group=group, organisation=agency, issued_at=clock.now()) for row in holders], batch_size=500
    )
    start = clock.now() - timedelta(hours=1)
    occasions = [
        open_occasion(
            organisation=agency, group=group, title=f"Sesi {number}", starts_at=start,
            ends_at=start + timedelta(hours=6), actor=SYSTEM,
        )
        for number in range(OCCASIONS)
    ]  # fmt: skip
    _gate, token = open_gate(group=group, organisation=agency, name="Pintu", hours=12, actor=SYSTEM)
    codes = list(Pass.objects.values_list("code", flat=True))
    print(json.dumps({"token": token, "codes": codes, "occasions": [row.code for row in occasions]}))


def count(occasion: str) -> None:
    """What is on record of one occasion."""
    import django

    django.setup()
    from enggang.attendance.models import Mark, Scan

    scans = Scan.objects.filter(occasion__subject__code=occasion)
    kept = {
        "scans": scans.count(),
        "accepted": scans.filter(verdict="accepted").count(),
        "marks": Mark.objects.filter(occasion__subject__code=occasion, status="present").count(),
    }
    print(json.dumps(kept))


def in_child(world: World, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "bench.checkin", *arguments],
        cwd=ROOT, env=world.environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


# --- the server ------------------------------------------------------------------------------------------------------


def start(world: World) -> None:
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(world.port)),
        *("--workers", "2", "--blocking-threads", "4", "--no-ws", "--http", "1", "--log-level", "warning"),
        "enggang.config.wsgi:application",
    ]
    with (Path(world.environment["ENGGANG_DATA"]) / "server.log").open("ab") as log:
        world.server = subprocess.Popen(
            command, cwd=ROOT, env=world.environment, start_new_session=True, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log,
        )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if ask(connect(world), "GET", f"/hadir/app/{world.token}/daftar/")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not answer within a minute")


def kill(world: World) -> None:
    if world.server is not None:
        os.killpg(world.server.pid, signal.SIGKILL)
        world.server.wait()
        world.server = None


def connect(world: World) -> http.client.HTTPConnection:
    line = http.client.HTTPConnection("127.0.0.1", world.port, timeout=30)
    line.connect()
    line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def ask(line: http.client.HTTPConnection, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    line.request(method, path, body, {"Content-Type": "application/json", "Host": "localhost"})
    answer = line.getresponse()
    return answer.status, answer.read()


@contextmanager
def world_on(database: str) -> Iterator[World]:
    """A server with data of its own on "SQLite" or "PostgreSQL"; all of it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="enggang-bench-checkin-"))
    (folder / "static").mkdir()
    name = f"bench_checkin_{os.getpid()}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ENGGANG_")}
    environment |= {"ENGGANG_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bench._checkin_settings"}
    if database == "PostgreSQL":
        on_server(f'CREATE DATABASE "{name}"')
        environment["ENGGANG_DATABASE_URL"] = POSTGRESQL.rsplit("/", 1)[0] + f"/{name}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        world = World(free.getsockname()[1], environment)
    try:
        for key, value in in_child(world, "prepare").items():
            setattr(world, key, value)
        # Three occasions are kept for the upload, the killing and the two phones.
        world.fresh = ((code, occasion) for occasion in world.occasions[3:] for code in world.codes)
        start(world)
        yield world
    finally:
        kill(world)
        if database == "PostgreSQL":
            on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(folder, ignore_errors=True)


def on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3) as line:
        line.execute(statement.encode())


# --- one redemption after the other ----------------------------------------------------------------------------------


def upload(device: str, scans: list[Body]) -> bytes:
    return json.dumps({"device": device, "sent_at": _now(), "waiting": 0, "scans": scans}).encode()


def one_scan(code: str, occasion: str) -> Body:
    return {"id": str(uuid.uuid4()), "occasion": occasion, "read": code, "at": _now(), "offset": 0}


def _now() -> int:
    return round(time.time() * 1000)


def load(world: World, body: Callable[[], bytes], path: str, in_flight: int, seconds: float) -> list[float]:
    """Seconds that each request took, ``in_flight`` at a time, for ``seconds``. A refused request is an error."""
    took: list[list[float]] = [[] for _ in range(in_flight)]
    failed: list[object] = []
    end = time.perf_counter() + seconds

    def client(mine: list[float]) -> None:
        line = connect(world)
        while time.perf_counter() < end:
            data, begun = body(), time.perf_counter()
            status, answer = ask(line, "POST", path, data)
            mine.append(time.perf_counter() - begun)
            if status != 200 or b'"refused"' in answer or b'"repeated"' in answer:
                failed.append((status, answer[:200]))

    in_threads([lambda mine=mine: client(mine) for mine in took])  # type: ignore[misc]
    if failed:
        raise RuntimeError(f"{len(failed)} requests failed, the first with {failed[0]!r}")
    return [each for mine in took for each in mine]


def in_threads(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def redemptions(world: World, in_flight: int, seconds: float) -> list[float]:
    lock, device = threading.Lock(), str(uuid.uuid4())

    def body() -> bytes:
        with lock:
            code, occasion = next(world.fresh)
        return upload(device, [one_scan(code, occasion)])

    return load(world, body, f"/hadir/app/{world.token}/sync/", in_flight, seconds)


def p99(took: list[float]) -> float:
    return 1000 * sorted(took)[int(len(took) * 0.99)]


# --- nothing lost, nothing doubled -----------------------------------------------------------------------------------


def bring(world: World, device: str, scans: list[Body], done: list[int] | None = None) -> int:
    """Bring all scans as a phone does, in batches, each again until it is answered; answers how often it had to retry."""
    retries, line = 0, None
    for at in range(0, len(scans), BATCH):
        data = upload(device, scans[at : at + BATCH])
        while True:
            try:
                line = line or connect(world)
                if ask(line, "POST", f"/hadir/app/{world.token}/sync/", data)[0] == 200:
                    break
            except (OSError, http.client.HTTPException):
                line = None
            retries += 1
            if retries > MOST_RETRIES:
                raise RuntimeError("the server takes nothing more")
            time.sleep(0.05)
        if done is not None:
            done.append(at)
    return retries


def queue(world: World, occasion: str) -> list[Body]:
    return [one_scan(code, occasion) for code in world.codes[:QUEUED]]


def upload_queue(world: World) -> tuple[float, bool]:
    occasion = world.occasions[0]
    scans, begun = queue(world, occasion), time.perf_counter()
    bring(world, str(uuid.uuid4()), scans)
    spent = time.perf_counter() - begun
    return spent, in_child(world, "count", occasion) == {"scans": QUEUED, "accepted": QUEUED, "marks": QUEUED}


def killed_in_mid_upload(world: World) -> tuple[int, bool]:
    """kill -9 while batches are under way, three times; the phone goes on when the server is back."""
    occasion, done = world.occasions[1], list[int]()
    scans, retries = queue(world, occasion), list[int]()
    phone = threading.Thread(target=lambda: retries.append(bring(world, str(uuid.uuid4()), scans, done)))
    phone.start()
    for part in (4, 10, 16):
        while len(done) < part and phone.is_alive():
            time.sleep(0.001)
        kill(world)
        start(world)
    phone.join()
    return retries[0], in_child(world, "count", occasion) == {"scans": QUEUED, "accepted": QUEUED, "marks": QUEUED}


def two_phones(world: World) -> bool:
    """The same passes from two phones at once, in opposite order: each is accepted exactly once."""
    occasion = world.occasions[2]
    queues = [queue(world, occasion), queue(world, occasion)[::-1]]
    in_threads([lambda scans=scans: bring(world, str(uuid.uuid4()), scans) and None for scans in queues])  # type: ignore[misc]
    kept = in_child(world, "count", occasion)
    return bool(kept == {"scans": 2 * QUEUED, "accepted": QUEUED, "marks": QUEUED})


# --- the whole -------------------------------------------------------------------------------------------------------


def measure(database: str, seconds: float) -> tuple[dict[str, float | int | str], list[Comparison], bool]:
    with world_on(database) as world:
        redemptions(world, IN_FLIGHT, 0.5)  # warm up
        rounds = [_round(world, seconds / ROUNDS) for _ in range(ROUNDS)]
        alone, eight, bare = (statistics.median(each[side][0] for each in rounds) for side in range(3))
        late_alone, late_eight, late_bare = (statistics.median(each[side][1] for each in rounds) for side in range(3))
        spent, whole = upload_queue(world)
        retries, survived = killed_in_mid_upload(world)
        agreed = two_phones(world)
    figures: dict[str, float | int | str] = {
        f"{database}: redemptions a second, 1 in flight": round(alone),
        f"{database}: p99 ms, 1 in flight": round(late_alone, 1),
        f"{database}: redemptions a second, {IN_FLIGHT} in flight": round(eight),
        f"{database}: p99 ms, {IN_FLIGHT} in flight": round(late_eight, 1),
        f"{database}: p99 ms, bare insert, {IN_FLIGHT} in flight": round(late_bare, 1),
        f"{database}: queued scans a second, in batches of {BATCH}": round(QUEUED / spent),
        f"{database}: {QUEUED} queued scans arrived once each": str(whole),
        f"{database}: none lost or doubled by kill -9 three times": f"{survived}, {retries} tries repeated",
        f"{database}: the same passes from two phones accepted once each": str(agreed),
    }
    holds = whole and survived and agreed and eight >= EXPECTED_PER_SECOND and late_eight < EXPECTED_P99_MS
    rival = f"bare insert behind the same server, {IN_FLIGHT} in flight, {database}"
    line: Comparison = {
        "rival": rival, "ours": eight, "theirs": bare, "unit": "requests/s", "expected": EXPECTED_RATIO,
    }  # fmt: skip
    return figures, [line], holds


def _round(world: World, seconds: float) -> list[tuple[float, float]]:
    """Requests a second and p99 in ms: ours alone, ours with eight in flight, the bare insert with eight."""
    sides: list[Callable[[], list[float]]] = [
        lambda: redemptions(world, 1, seconds),
        lambda: redemptions(world, IN_FLIGHT, seconds),
        lambda: load(world, lambda: b"{}", "/bare/", IN_FLIGHT, seconds),
    ]
    found = []
    for side in sides:
        begun = time.perf_counter()
        took = side()
        found.append((len(took) / (time.perf_counter() - begun), p99(took)))
    return found


def postgresql_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def run(options: argparse.Namespace) -> Result:
    figures: dict[str, float | int | str] = {
        "expected redemptions a second": EXPECTED_PER_SECOND, "expected p99 ms": EXPECTED_P99_MS,
    }  # fmt: skip
    comparisons: list[Comparison] = []
    holds = True
    for database in ["SQLite", *(["PostgreSQL"] if postgresql_answers() else [])]:
        found, lines, good = measure(database, options.seconds)
        figures |= found
        comparisons += lines
        holds = holds and good
    if not postgresql_answers():
        figures["PostgreSQL"] = f"not measured: nothing answers at {POSTGRESQL}"
    return {"figures": figures, "comparisons": comparisons, "holds": holds}


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        count(sys.argv[2])

"""A roster of 100,000 people from workbook to record, beside bare calamine + COPY (PostgreSQL) or executemany (SQLite).

Ours: the whole import as the command does it: keep the file, unpack and guard, read and judge every row, compare with
everyone on record, write subjects, persons, employments, search entries and one audit row each, commit. Theirs: the same
workbook through the same reader into one plain table, nothing looked at, nothing findable, nothing on record about it.
Each database has a process of its own, whose peak memory is quoted; both sides run in turns on new people every round.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from bench import Comparison, Result
from bench._measure import rate

ROOT = Path(__file__).parent.parent
POSTGRESQL = os.environ.get("ENGGANG_TEST_DATABASE_URL", "postgres:///test")
ROWS, ROUNDS = 100_000, 3
EXPECTED_PER_SECOND, EXPECTED_MEGABYTES, EXPECTED_RATIO = 10_000, 300, 0.1
HEADER = ("Nama", "NIP", "Jabatan", "Pangkat/Golongan", "No. HP", "Email", "Status", "Unit")
FIRST = "Siti Budi Agus Dewi Sri Andi Rina Hendra Maria Yohanes Petrus Dayang Utin Markus Nurul".split()
LAST = "Aminah Santoso Lestari Kumala Anyim Mahrita Lengkong Wijaya Saputra Ningsih Hartono Gunawan".split()
POSTS = "Analis Kebijakan,Pranata Humas,Pengelola Keuangan,Kepala Seksi Promosi,Arsiparis".split(",")
RANKS = "II/c,III/a,III/b,III/c,III/d,IV/a".split(",")


def people(first: int, count: int) -> Iterator[tuple[str, ...]]:
    """Rows of different people: names repeat as they do in life, NIPs and numbers do not."""
    for each in range(first, first + count):
        day, serial = divmod(each, 900)
        born = f"{1965 + day // 336 % 35}{1 + day // 28 % 12:02d}{1 + day % 28:02d}"
        nip = f"{born}20{10 + day // 11760 % 10}01{1 + each % 2}{1 + serial:03d}"
        name = f"{FIRST[each % 15]} {LAST[each // 15 % 12]} {FIRST[each // 180 % 15]}"
        yield (
            name, nip, POSTS[each % 5], RANKS[each % 6], f"0812{each:08d}", f"p{each}@contoh.go.id", "PNS",
            f"Bidang {each % 40}",
        )  # fmt: skip


def workbook(first: int, count: int) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADER, *people(first, count)]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return out.getvalue()


def ours(content: bytes, agency: Any) -> dict[str, int]:
    from enggang.core.actor import SYSTEM
    from enggang.people.domain.rosters import import_file

    return import_file(organisation=agency, content=content, name="pegawai.xlsx", actor=SYSTEM)


def theirs(content: bytes) -> None:
    """What a script of twenty lines does: read, load, upsert by NIP."""
    from django.db import connection, transaction
    from python_calamine import load_workbook

    rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).iter_rows()
    next(rows)
    renew = "ON CONFLICT (nip) DO UPDATE SET name = excluded.name, post = excluded.post"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CREATE TEMPORARY TABLE bare_new (LIKE bare) ON COMMIT DROP")
            with cursor.cursor.copy("COPY bare_new FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"INSERT INTO bare SELECT * FROM bare_new {renew}")  # noqa: S608 -- our own words
        else:
            insert = f"INSERT INTO bare VALUES (%s, %s, %s, %s, %s, %s, %s, %s) {renew}"  # noqa: S608 -- as above
            cursor.executemany(insert, cast("list[list[Any]]", list(rows)))


def measure(rows: int, rounds: int) -> dict[str, Any]:
    """In the child: both sides in turns on an empty database of its own; rows a second and the peak in MB."""
    from django.db import connection

    from enggang.core.actor import SYSTEM
    from enggang.places.domain.organisations import open_organisation

    with connection.cursor() as cursor:
        columns = "name text, nip text PRIMARY KEY, post text, rank text, phone text, email text, kind text, unit text"
        cursor.execute(f"CREATE TABLE bare ({columns})")
    made: list[float] = []
    bare: list[float] = []
    again: list[float] = []
    peaks: list[float] = []
    for each in range(rounds):
        content = workbook(each * rows, rows)
        agency = open_organisation(name=f"Dinas {each}", short_name=f"Dinas {each}", kind="agency", actor=SYSTEM)
        made.append(rate(rows, lambda: _expect(ours(content, agency), created=rows)))  # noqa: B023 -- called at once
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        bare.append(rate(rows, lambda: theirs(content)))  # noqa: B023 -- as above
    again.append(rate(rows, lambda: _expect(ours(content, agency), unchanged=rows)))
    return {"ours": made, "theirs": bare, "again": again, "megabytes": peaks[0]}  # later ones hold the rival's too


def _expect(counts: dict[str, int], **expected: int) -> None:
    if any(counts[name] != value for name, value in expected.items()):
        raise RuntimeError(f"expected {expected}, got {counts}")


def child(rows: int, rounds: int) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(json.dumps(measure(rows, rounds)))
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def in_a_process(url: str, rows: int, rounds: int) -> dict[str, Any]:
    environment = {
        **os.environ, "ENGGANG_DATABASE_URL": url, "ENGGANG_TEST_NAME": f"bench_roster_{os.getpid()}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.roster", str(rows), str(rounds)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def postgresql_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def run(options: argparse.Namespace) -> Result:
    databases = {"SQLite": "", **({"PostgreSQL": POSTGRESQL} if postgresql_answers() else {})}
    figures: dict[str, float | int | str] = {
        "rows": ROWS, "expected rows a second": EXPECTED_PER_SECOND, "expected MB at most": EXPECTED_MEGABYTES,
    }  # fmt: skip
    comparisons: list[Comparison] = []
    holds = True
    for name, url in databases.items():
        found = in_a_process(url, ROWS, ROUNDS)
        mine, bare = statistics.median(found["ours"]), statistics.median(found["theirs"])
        figures |= {
            f"{name}: rows a second, all new": round(mine),
            f"{name}: rows a second, nothing changed": round(found["again"][0]),
            f"{name}: peak MB": round(found["megabytes"]),
        }
        rival = f"bare calamine + {'COPY' if url else 'executemany'}, {name}"
        comparisons.append({"rival": rival, "ours": mine, "theirs": bare, "unit": "rows/s", "expected": EXPECTED_RATIO})
        holds = holds and mine >= EXPECTED_PER_SECOND and found["megabytes"] < EXPECTED_MEGABYTES
    if "PostgreSQL" not in databases:
        figures["PostgreSQL"] = f"not measured: nothing answers at {POSTGRESQL}"
    return {"figures": figures, "comparisons": comparisons, "holds": holds}


if __name__ == "__main__":
    child(int(sys.argv[1]), int(sys.argv[2]))

"""Dashboards over five million ledger, attendance and visit rows: how a page's cost grows, and the refresh of its tables.

The pages (dashboard of the province, of an agency, of a regency; the Monday page; the chain) are asked through the whole
stack with 50,000 rows and again with 5 million (--rows): a fifth certificates, half attendances, the rest visits. Growth is
the exponent of the median cost over the hundredfold. The refresh is held against plain SQL that adds up the same tables by
organisation and day: once counted from end to end, once after a thousand certificates were touched. Each database has a
process of its own. Rows are made inside the database and no foreign key is checked meanwhile.
"""

# ruff: noqa: S608, ISC004 -- every word of the SQL here is ours
from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import Comparison, Result
from bench._measure import seconds
from bench.roster import POSTGRESQL, postgresql_answers

ROOT = Path(__file__).parent.parent
FEW, ASKED, TOUCHED = 50_000, 40, 1_000
PEOPLE, DAYS, EACH = 20_000, 730, 250  # people who hold everything, days of two years, marks of one occasion
MOST_MS, MOST_EXPONENT = 300, 0.2
LEAST_FULL, LEAST_PART = 0.2, 1.0  # of plain SQL's speed: counted from end to end; and only what was touched
FAR = 1_000_000_000  # ids of rows that nothing here asks for


def shares(rows: int) -> tuple[int, int, int]:
    """Certificates, attendances, visits."""
    return rows // 5, rows // 2, rows - rows // 5 - rows // 2


class Filler:
    """Rows number ``since`` to ``until`` of each table, made by the database itself."""

    def __init__(self, organisations: list[int], people: tuple[int, int], occasions: int, first: date) -> None:
        from django.db import connection

        self.connection, self.pg = connection, connection.vendor == "postgresql"
        self.organisations, self.occasions, self.first = organisations, occasions, first
        self.person, self.subject = people  # ids of the first person and of its subject; the others follow

    def run(self, sql: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(sql)

    def series(self, since: int, until: int) -> str:
        if self.pg:
            return f"generate_series({since}, {until - 1}) AS n(i)"
        return f"(WITH RECURSIVE n(i) AS (SELECT {since} UNION ALL SELECT i + 1 FROM n WHERE i < {until - 1}) SELECT i FROM n)"

    def day(self, number: str) -> str:
        return (
            f"DATE '{self.first}' + ({number})::int"
            if self.pg
            else f"date('{self.first}', '+' || ({number}) || ' days')"
        )

    def at(self) -> str:
        return f"TIMESTAMPTZ '{self.first} 02:00+00'" if self.pg else f"'{self.first} 02:00:00'"

    def organisation(self) -> str:
        cases = " ".join(f"WHEN {place} THEN {pk}" for place, pk in enumerate(self.organisations))
        return f"CASE i % {len(self.organisations)} {cases} END"

    def certificates(self, since: int, until: int) -> None:
        no = "false" if self.pg else "0"
        self.run(
            "INSERT INTO credentials_award (subject_id, organisation_id, person_id, basis_id, document_id, verify_code, state, title,"
            " holder_name, holder_nip, issuer_name, number, hours, issued_on, specimen, wet_signed, void_reason, removal_reason)"
            f" SELECT {FAR} + i, {self.organisation()}, {self.person} + i % {PEOPLE}, {FAR} + i, {FAR} + i, 'V' || i, 'issued',"
            f" 'Pelatihan', '', '', 'Dinas', 'N/' || i, 8, {self.day(f'(i / {len(self.organisations)}) % {DAYS}')}, {no}, {no}, '', ''"
            f" FROM {self.series(since, until)}"
        )

    def attendances(self, since: int, until: int) -> None:
        self.run(
            "INSERT INTO attendance_mark (occasion_id, holder_id, status, method, at, by_key, note)"
            f" SELECT {FAR} + (i / {EACH}) % {self.occasions}, {self.subject} + (i * 17) % {PEOPLE}, 'present', 'list', {self.at()},"
            f" 'system', '' FROM {self.series(since, until)}"
        )

    def visits(self, since: int, until: int) -> None:
        self.run(
            "INSERT INTO attendance_presence (occasion_id, held_id, inside, entered, device)"
            f" SELECT {FAR} + i % {self.occasions}, {FAR} + i, 0, 1 + i % 3, '' FROM {self.series(since, until)}"
        )

    def fill(self, since: int, until: int) -> None:
        tables = (self.certificates, self.attendances, self.visits)
        for make, (first, last) in zip(tables, zip(shares(since), shares(until), strict=True), strict=True):
            make(first, last)
        self.run("ANALYZE")


def furnish(rows: int) -> tuple[Filler, Any, dict[str, str]]:
    """Organisations with their regencies, people, occasions, a head; what is filled and the addresses that are asked."""
    from django.db import connection

    from enggang.access.enums import Role
    from enggang.core import clock
    from enggang.core.actor import SYSTEM
    from enggang.core.models import Subject
    from enggang.people.models import Person
    from enggang.places.domain.reference import load_reference
    from enggang.places.models import Organisation
    from tests.training.factories import client_of, make_user

    load_reference(actor=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
            if connection.vendor == "postgresql"
            else "PRAGMA foreign_keys = OFF"
        )
    root = Organisation.objects.get(key="kalbar")
    agencies = list(
        Organisation.objects.exclude(region=None).filter(depth_is_agency(), path__startswith=root.path)[:28]
    )
    subjects = Subject.objects.bulk_create([Subject(kind="person") for _ in range(PEOPLE)], batch_size=1000)
    people = Person.objects.bulk_create([Person(subject=each, name="Contoh") for each in subjects], batch_size=1000)
    first = clock.today() - timedelta(days=DAYS - 1)
    count = max(1, math.ceil(rows / 2 / EACH))
    filler = Filler([each.pk for each in agencies], (people[0].pk, subjects[0].pk), count, first)
    filler.run(
        "INSERT INTO attendance_occasion (id, subject_id, organisation_id, group_id, title, starts_at, ends_at, state, version, kind,"
        f" re_entry) SELECT {FAR} + i, {FAR} * 2 + i, {filler.organisation()}, {FAR} * 2, 'Sesi', {moments(filler, '02')},"
        f" {moments(filler, '04')}, 'planned', 1, 'signed', {'true' if filler.pg else '1'} FROM {filler.series(0, count)}"
    )
    head = client_of(make_user(Role.LEADER, root, "Kepala"))
    agency = agencies[0]
    pages = {
        "dashboard of the province": f"/hasil/dasbor/{root.code}/", "dashboard of an agency": f"/hasil/dasbor/{agency.code}/",
        "dashboard of a regency": f"/hasil/dasbor/{root.code}/wilayah/{(agency.region_id or '')[:5]}/",
        "Monday page": f"/hasil/senin/{root.code}/", "chain of results": f"/hasil/rantai/{root.code}/",
    }  # fmt: skip
    return filler, head, pages


def depth_is_agency() -> Any:
    """Those of regencies and cities, so that the map has something to show."""
    from django.db.models import Q

    return Q(region__level=2)


def moments(filler: Filler, hour: str) -> str:
    """An occasion's hour on its day, spread over the two years."""
    place = f"(i / {len(filler.organisations)}) % {DAYS}"
    if filler.pg:
        return f"(DATE '{filler.first}' + ({place})::int) + TIME '{hour}:00' AT TIME ZONE 'UTC'"
    return f"date('{filler.first}', '+' || ({place}) || ' days') || ' {hour}:00:00'"


def asked(client: Any, pages: dict[str, str]) -> dict[str, list[float]]:
    """Milliseconds of each page, in turns."""
    found: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(ASKED + 2):
        for name, address in pages.items():
            spent = seconds(lambda: _ok(client.get(address)))  # noqa: B023 -- called at once
            if number >= 2:  # warm
                found[name].append(spent * 1000)
    return found


def _ok(response: Any) -> None:
    if response.status_code != 200:
        raise RuntimeError(f"the page answered {response.status_code}")


PLAIN = (
    "SELECT organisation_id, issued_on, SUM(hours) FROM credentials_award WHERE state = 'issued' GROUP BY 1, 2",
    "SELECT o.organisation_id, {day}, COUNT(*) FROM attendance_mark m JOIN attendance_occasion o ON o.id = m.occasion_id"
    " WHERE m.status = 'present' GROUP BY 1, 2",
    "SELECT o.organisation_id, {day}, SUM(p.entered) FROM attendance_presence p JOIN attendance_occasion o ON o.id = p.occasion_id"
    " GROUP BY 1, 2",
)  # fmt: skip
MEASURES = ("credentials.hours", "attendance.present", "attendance.entries")


def plain() -> None:
    from django.db import connection

    day = (
        "(o.starts_at AT TIME ZONE 'Asia/Pontianak')::date"
        if connection.vendor == "postgresql"
        else "date(o.starts_at, '+7 hours')"
    )
    with connection.cursor() as cursor:
        for sql in PLAIN:
            cursor.execute(sql.format(day=day))
            cursor.fetchall()


def recounted() -> None:
    from enggang.impact.domain.figures import recount

    for name in MEASURES:
        recount(name)


def refreshed() -> None:
    from enggang.impact.domain.figures import refresh

    for name in MEASURES:
        refresh(name)


def touch(filler: Filler) -> None:
    """A thousand certificates with other hours, each with the row that its act leaves in the trail."""
    from enggang.audit.models import AuditEntry
    from enggang.core import clock
    from enggang.core.models import Subject
    from enggang.credentials.models import Award

    rows = list(Award.objects.order_by("-pk")[:TOUCHED])
    Subject.objects.bulk_create([Subject(pk=row.subject_id, kind="award") for row in rows], ignore_conflicts=True)
    codes = dict(Subject.objects.filter(pk__in=[row.subject_id for row in rows]).values_list("pk", "code"))
    Award.objects.filter(pk__in=[row.pk for row in rows]).update(hours=9)
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=clock.now(),
            code="credentials.finish_award",
            actor_kind="system",
            actor_key="system",
            subject_code=codes[row.subject_id],
        )
        for row in rows
    )


def all_figures() -> None:
    from enggang.core import registries
    from enggang.impact.domain.figures import recount

    for name in registries.day_figures.names():
        recount(name)


def turns(ours: Callable[[], None], theirs: Callable[[], None], rounds: int = 3) -> tuple[float, float]:
    """Median seconds of both, in turns."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def measure(rows: int) -> dict[str, Any]:
    from enggang.impact.domain.figures import unsound_figures

    filler, client, pages = furnish(rows)
    few = min(FEW, rows)
    filler.fill(0, few)
    all_figures()
    small = asked(client, pages)
    filling = seconds(lambda: filler.fill(few, rows)) if rows > few else 0.0
    first = seconds(all_figures)
    large = asked(client, pages)
    full, floor = turns(recounted, plain)
    touch(filler)
    part, floor_again = turns(refreshed, plain)
    return {
        "small": small, "large": large, "filling": filling, "first": first, "full": full, "floor": floor, "part": part,
        "floor_again": floor_again, "unsound": unsound_figures(),
    }  # fmt: skip


def child(rows: int) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(json.dumps(measure(rows)))
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def in_a_process(url: str, rows: int) -> dict[str, Any]:
    environment = {
        **os.environ, "ENGGANG_DATABASE_URL": url, "ENGGANG_TEST_NAME": f"bench_indicators_{os.getpid()}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.indicators", str(rows)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def p95(values: list[float]) -> float:
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def _page_figures(name: str, found: dict[str, Any], rows: int) -> tuple[dict[str, Any], bool]:
    """What is told of the pages, and whether all of them keep their bounds."""
    told: dict[str, Any] = {}
    holds = True
    for page, values in found["large"].items():
        before, after = statistics.median(found["small"][page]), statistics.median(values)
        exponent = math.log(after / before) / math.log(rows / FEW) if rows > FEW else 0.0
        told[f"{name}: {page}, ms p50 / p95, exponent"] = f"{after:.0f} / {p95(values):.0f}, {exponent:.3f}"
        holds = holds and p95(values) < MOST_MS and exponent <= MOST_EXPONENT
    return told, holds


def run(options: argparse.Namespace) -> Result:
    rows = options.rows
    databases = {"SQLite": "", **({"PostgreSQL": POSTGRESQL} if postgresql_answers() else {})}
    figures: dict[str, float | int | str] = {"rows": rows, "rows before": FEW, "expected ms p95 under": MOST_MS, "expected exponent at most": MOST_EXPONENT}  # fmt: skip
    comparisons: list[Comparison] = []
    holds = True
    for name, url in databases.items():
        found = in_a_process(url, rows)
        told, good = _page_figures(name, found, rows)
        figures |= told
        figures |= {
            f"{name}: filling, s": round(found["filling"], 1), f"{name}: first count of everything, s": round(found["first"], 1),
            f"{name}: summaries that differ from their source": "; ".join(found["unsound"]) or "none",
        }  # fmt: skip
        holds = holds and good and not found["unsound"]
        rival = f"plain SQL by organisation and day, {name}"
        comparisons += [
            {"rival": f"{rival}; counted from end to end", "ours": rows / found["full"], "theirs": rows / found["floor"], "unit": "rows/s", "expected": LEAST_FULL},
            {"rival": f"{rival}; {TOUCHED} certificates touched", "ours": rows / found["part"], "theirs": rows / found["floor_again"], "unit": "rows/s", "expected": LEAST_PART},
        ]  # fmt: skip
    if "PostgreSQL" not in databases:
        figures["PostgreSQL"] = f"not measured: nothing answers at {POSTGRESQL}"
    return {"figures": figures, "comparisons": comparisons, "holds": holds}


if __name__ == "__main__":
    child(int(sys.argv[1]))

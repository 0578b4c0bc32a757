"""Seats by the real registration form over HTTP, 32 connections, beside a bare INSERT behind the same server.

Ours: 5,000 people for 80 seats in 14 quotas, and 5,000 for 5,000 in one pool, each by POST to the public form with its
CSRF token: found on the roster, seated or put on the waiting list, given a page of their own and audited. Theirs: the
same server, middleware and form, then one INSERT. Each database has a server of its own; the sides take turns. A winner's
time is that of the answer to their own POST. Counted afterwards in the database: seats too many, answers without a row.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench import Comparison, Result
from bench._serving import POSTGRESQL, ROOT, databases, own_environment, serving

CONNECTIONS, ROUNDS, QUOTAS, SEATS = 32, 5, 14, 80
EXPECTED_RATIO, EXPECTED_P99 = 0.5, 1.0
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


# -- the crowd ------------------------------------------------------------------------------------


@dataclass
class Crowd:
    """32 browsers, each with its own connection, cookie and CSRF token, kept from one round to the next."""

    port: int
    seconds: dict[tuple[str, str], float] = field(default_factory=dict)  # (address, NIP) -> seconds until the answer
    refused: int = 0
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    browsers: list[Browser] = field(default_factory=list)

    def come(self, form: str) -> None:
        """Everybody opens the form."""
        self.browsers = [self.runner.run(Browser.open(self.port, form)) for _ in range(CONNECTIONS)]

    def send(self, address: str, people: Sequence[tuple[str, str]]) -> float:
        """Everybody of ``people`` registers at ``address``; answers how many a second."""
        start = time.perf_counter()
        self.runner.run(self._all(address, iter(people)))
        return len(people) / (time.perf_counter() - start)

    async def _all(self, address: str, line: Iterator[tuple[str, str]]) -> None:
        await asyncio.gather(*(self._one(browser, address, line) for browser in self.browsers))

    async def _one(self, browser: Browser, address: str, line: Iterator[tuple[str, str]]) -> None:
        for nip, name in line:
            start = time.perf_counter()
            status = await browser.post(address, {"nip": nip, "name": name})
            self.seconds[address, nip] = time.perf_counter() - start
            self.refused += status != 302


@dataclass
class Browser:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    cookie: str = ""
    token: str = ""

    @classmethod
    async def open(cls, port: int, form: str) -> Browser:
        browser = cls(*await asyncio.open_connection("127.0.0.1", port))
        head, body = await browser._ask(f"GET {form} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        cookies = re.findall(rb"(?im)^set-cookie: ([^;\r\n]+)", head)
        found = TOKEN.search(body)
        if found is None:
            raise RuntimeError(f"no form at {form}: {head[:200]!r}")
        browser.cookie, browser.token = b"; ".join(cookies).decode(), found[1].decode()
        return browser

    async def post(self, address: str, values: dict[str, str]) -> int:
        body = urlencode({"csrfmiddlewaretoken": self.token, **values})
        head, _body = await self._ask(
            f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
        return int(head.split(b" ", 2)[1])

    async def _ask(self, request: str) -> tuple[bytes, bytes]:
        self.writer.write(request.encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        if re.search(rb"(?i)transfer-encoding: chunked", head):
            return head, await self._chunks()
        length = re.search(rb"(?i)content-length: (\d+)", head)
        return head, await self.reader.readexactly(int(length[1]) if length else 0)

    async def _chunks(self) -> bytes:
        body = b""
        while size := int(await self.reader.readline(), 16):
            body += await self.reader.readexactly(size)
            await self.reader.readline()
        await self.reader.readline()
        return body


# -- the house, in a process of its own -----------------------------------------------------------


def furnish(people: int) -> dict[str, Any]:
    """Tables, a roster of ``people`` in 14 agencies and two open waves; answers addresses, names and wave codes."""
    from django.core.management import call_command
    from django.db import connection

    from enggang.seats.domain.offers import PoolSpec
    from tests.training.factories import make_agency, make_programme, make_wave

    call_command("setup", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (nip text, name text)")
    province = make_agency("Pemerintah Provinsi")
    agencies = [make_agency(f"Dinas {number}", province) for number in range(QUOTAS)]
    programme = make_programme(province)
    few, extra = divmod(SEATS, QUOTAS)
    quotas = [PoolSpec(str(each), few + (number < extra), organisation=each) for number, each in enumerate(agencies)]
    waves = {
        "few": make_wave(province, *quotas, programme=programme, name="Delapan puluh kursi", sessions=1),
        "many": make_wave(province, PoolSpec("Terbuka", people), programme=programme, name="Semua", sessions=1),
    }
    return {
        "people": employ(people, agencies),
        **{name: f"/pelatihan/daftar/{wave.code}/" for name, wave in waves.items()},
    }


def employ(count: int, agencies: Sequence[Any]) -> list[tuple[str, str]]:
    """People on the roster as sets of rows; NIP and name of each."""
    from enggang.core import clock
    from enggang.core.bulk import measure_again
    from enggang.core.models import Subject
    from enggang.people.models import Employment, Person
    from enggang.people.names import name_key

    people = [
        (f"{1965 + each // 900 % 35}0101201001{1 + each % 2}{1 + each % 900:03d}", f"Peserta {each}")
        for each in range(count)
    ]
    subjects = Subject.objects.bulk_create([Subject(kind="person") for _ in people])
    rows = [
        Person(subject=subject, nip=nip, name=name, name_key=name_key(name))
        for subject, (nip, name) in zip(subjects, people, strict=True)
    ]
    Person.objects.bulk_create(rows)
    today = clock.today()
    Employment.objects.bulk_create(
        [
            Employment(person=row, organisation=agencies[n % QUOTAS], kind="pns", starts_on=today)
            for n, row in enumerate(rows)
        ]
    )
    measure_again(Subject, Person, Employment)  # as an import of the roster does
    return people


def count(facts: dict[str, Any]) -> dict[str, Any]:
    """What the database knows afterwards: per wave its rows, its winners, and seats too many."""
    from enggang.seats.models import Claim, Pool
    from enggang.seats.queries.offers import unsound_pools
    from enggang.training.models import Registration

    found: dict[str, Any] = {"unsound": len(unsound_pools())}
    for name in ("few", "many"):
        rows = Registration.objects.filter(wave__subject__code=facts[name].split("/")[3])
        found[name] = {
            "rows": rows.count(),
            "winners": list(rows.filter(claim__in=Claim.objects.seated()).values_list("person__nip", flat=True)),
            "seats": sum(Pool.objects.filter(offer__wave__in=rows.values("wave")).values_list("size", flat=True)),
        }
    return found


def child(action: str) -> None:
    import django

    django.setup()
    given = json.loads(sys.stdin.read())
    print(json.dumps(furnish(given["people"]) if action == "furnish" else count(given)))


# -- one database ---------------------------------------------------------------------------------


def measure(url: str, people: int) -> dict[str, Any]:
    """Both waves and the rival in turns, on a server with an empty database of its own."""
    with own_environment(url, "seats", "bench._seats_settings") as environment:
        facts = ask_child(environment, "furnish", {"people": people})
        with serving(environment) as port:
            crowd, rates = run_rounds(facts, port)
        found = ask_child(environment, "count", facts)
    return judge(facts, found, crowd, rates)


def run_rounds(facts: dict[str, Any], port: int) -> tuple[Crowd, dict[str, list[float]]]:
    crowd = Crowd(port)
    crowd.come(facts["few"])
    crowd.send("/bare/", [(f"{each:018d}", "x") for each in range(CONNECTIONS * 4)])
    rates: dict[str, list[float]] = {"few": [], "many": [], "bare": []}
    for each in range(ROUNDS):
        part = facts["people"][each::ROUNDS]
        for name, address in (("bare", "/bare/"), ("few", facts["few"]), ("many", facts["many"])):
            rates[name].append(crowd.send(address, part))
    return crowd, rates


def judge(facts: dict[str, Any], found: dict[str, Any], crowd: Crowd, rates: dict[str, list[float]]) -> dict[str, Any]:
    people = len(facts["people"])
    judged: dict[str, Any] = {
        "bare": statistics.median(rates["bare"]),
        "lost": crowd.refused,
        "oversold": found["unsound"],
    }
    for name in ("few", "many"):
        rows = found[name]
        judged["lost"] += people - rows["rows"]
        judged["oversold"] += max(0, len(rows["winners"]) - rows["seats"])
        waited = sorted(crowd.seconds[facts[name], nip] for nip in rows["winners"])
        judged[name] = {
            "rate": statistics.median(rates[name]),
            "winners": len(waited),
            "expected winners": min(people, rows["seats"]),
            "p99": waited[int(len(waited) * 0.99)] if waited else 0.0,
        }
    return judged


def ask_child(environment: dict[str, str], action: str, given: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.seats", action], cwd=ROOT, env=environment, input=json.dumps(given),
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def run(options: argparse.Namespace) -> Result:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that server, folder and database are put away
    measured = databases()
    figures: dict[str, float | int | str] = {"people": options.people, "connections": CONNECTIONS}
    comparisons: list[Comparison] = []
    holds = True
    for database, url in measured.items():
        found = measure(url, options.people)
        figures |= {f"{database}: oversold": found["oversold"], f"{database}: lost answers": found["lost"]}
        holds = holds and not found["oversold"] and not found["lost"]
        for name, title in (("few", f"{SEATS} seats in {QUOTAS} quotas"), ("many", "a seat for everybody in one pool")):
            side = found[name]
            figures[f"{database}, {title}: registrations a second"] = round(side["rate"], 1)
            figures[f"{database}, {title}: winners"] = side["winners"]
            figures[f"{database}, {title}: winner's p99 in ms"] = round(side["p99"] * 1000)
            holds = holds and side["p99"] < EXPECTED_P99 and side["winners"] == side["expected winners"]
            comparisons.append(
                {
                    "rival": f"a bare INSERT behind the same form, {database}, {title}",
                    "ours": side["rate"],
                    "theirs": found["bare"],
                    "unit": "requests/s",
                    "expected": EXPECTED_RATIO,
                }
            )
    if "PostgreSQL" not in measured:
        figures["PostgreSQL"] = f"not measured: nothing answers at {POSTGRESQL}"
    return {"figures": figures, "comparisons": comparisons, "holds": holds}


if __name__ == "__main__":
    child(sys.argv[1])

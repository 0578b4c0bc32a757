"""Pages of visitors over 100,000 events, 10,000 destinations and 1,000,000 photos, beside the same pages over 1,000 of each.

Two servers on two databases, the large one a copy of the small one that has grown. Every request has an address that nobody
asked for yet, so nothing is kept; one at a time, the two sides in turns. The p95 of each page may be 1.5 times that of the
small one.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bench import Comparison, Result
from bench._http import Load, once
from bench._serving import command, databases, own_environment, serving
from bench.portal import child

EVENTS, DESTINATIONS, PHOTOS, SMALL = 100_000, 10_000, 1_000_000, 1_000
MOST, ROUNDS, WARMING = 1.5, 40, 3
PAGES = {
    "front page": "/?",
    "calendar": "/agenda/?",
    "calendar, one regency": "/agenda/?daerah=61.01&",
    "calendar, a month": "/agenda/?tampilan=bulan&",
    "calendar, map": "/agenda/?tampilan=peta&",
    "calendar, held before": "/agenda/?kapan=lalu&",
    "calendar, by name": "/agenda/?cari=festival+danau&",
    "destinations": "/destinasi/?",
    "destinations, by name": "/destinasi/?cari=pantai&",
    "gallery": "/galeri/?",
    "gallery, by words": "/galeri/?q=danau+kapuas&",
    "gallery, one regency": "/galeri/?wilayah=61.01&",
    "gallery, map": "/galeri/peta/?",
    "search, a frequent word": "/telusur/?cari=festival&",
    "search, two words": "/telusur/?cari=festival+danau&",
    "search, a rare word": "/telusur/?cari=kawang+777&",
    "search, a synonym": "/telusur/?cari=wisata&",
    "search, misspelt": "/telusur/?cari=festval&",
}


def run(options: argparse.Namespace) -> Result:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    figures: dict[str, float | int | str] = {"events": EVENTS, "destinations": DESTINATIONS, "photos": PHOTOS}
    comparisons: list[Comparison] = []
    failed = 0
    for database, url in databases().items():
        for name, (small, large) in measure(url, figures, database).items():
            failed += small.failed + large.failed
            few, many = small.at(0.95), large.at(0.95)
            figures[f"{database}, {name}: p95 in ms, small and large"] = f"{few:.1f} and {many:.1f}"
            comparisons.append({
                "rival": f"the same page over {SMALL:,} of each, {database}, {name}", "ours": 1000 / many,
                "theirs": 1000 / few, "unit": "per second at p95", "expected": 1 / MOST,
            })  # fmt: skip
    figures["answers that were not 200"] = failed
    return {"figures": figures, "comparisons": comparisons, "holds": not failed}


def measure(url: str, figures: dict[str, Any], database: str) -> dict[str, tuple[Load, Load]]:
    with own_environment(url, "few", "bench._portal_settings") as small:
        child(small, {})
        child(small, {"events": (1, SMALL), "destinations": (1, SMALL), "photos": (1, SMALL)})
        with copied(small, url) as large:
            start = time.monotonic()
            spans = {"events": EVENTS, "destinations": DESTINATIONS, "photos": PHOTOS}
            child(large, {name: (SMALL + 1, most) for name, most in spans.items()})
            figures[f"{database}: seconds to fill"] = round(time.monotonic() - start)
            with serving(small) as few, serving(large) as many:
                return {name: paired(few, many, address) for name, address in PAGES.items()}


@contextmanager
def copied(environment: dict[str, str], url: str) -> Iterator[dict[str, str]]:
    """The same database once more, to grow."""
    data = f"{environment['ENGGANG_DATA']}-large"
    shutil.copytree(environment["ENGGANG_DATA"], data)
    copy = {**environment, "ENGGANG_DATA": data}
    name = f"enggang_bench_many_{os.getpid()}"
    if url:
        own = urlsplit(environment["ENGGANG_DATABASE_URL"])
        command(url, f"CREATE DATABASE {name} TEMPLATE {own.path[1:]}")
        copy["ENGGANG_DATABASE_URL"] = urlunsplit(own._replace(path=f"/{name}"))
    try:
        yield copy
    finally:
        if url:
            command(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        shutil.rmtree(data, ignore_errors=True)


def paired(few: int, many: int, address: str) -> tuple[Load, Load]:
    loads = (Load(), Load())
    never = itertools.count()
    for number in range(ROUNDS + WARMING):
        for load, port in zip(loads, (few, many), strict=True):
            start = time.perf_counter()
            status, _body = once(port, f"{address}baru={next(never)}")
            if number >= WARMING:
                load.seconds.append(time.perf_counter() - start)
                load.failed += status != 200
    return loads

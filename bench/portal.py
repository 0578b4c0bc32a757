"""Front page, calendar and event page over HTTP, 16 in flight, warm and cold, beside the same pages rendered from constants.

Ours is the product's own server with everything that stands before a page. Warm: the same address again and again, as a
festival's page is read. Cold: every request has an address that nobody asked for yet, so that it is made anew. The rival is
Django without middleware that renders the same templates from what it has in memory and asks no database. The sides take
turns; medians are quoted. What other systems did on such a machine in November 2026 is printed beside it.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import Comparison, Result
from bench._http import Load, drive, once
from bench._serving import ROOT, databases, own_environment, serving
from enggang.config.joined import JOINED
from enggang.core.joined import joined

IN_FLIGHT, ROUNDS, COLD, WARM = 16, 5, 0.6, 10.0
EVENTS = PHOTOS = 60
STATIC = re.compile(r'(?:href|src)="/static/([^"#]+)"')
PICTURES = re.compile(r'<img src="(/[^"]+)"(?![^>]*loading="lazy")')
# measured.md: pretix 2026.8, Indico 3.2.9, pretalx 2026.2 on two shared cores, 16 in flight
RIVALS = {
    "pretix, event page": "49 requests/s, p99 458 ms; first load 298 kB in 10 requests",
    "Indico, event page": "31 requests/s; first load 1.94 MB in 30 requests",
    "pretalx, schedule": "88 requests/s, p99 272 ms; first load 132 kB in 18 requests",
}
PRETIX, TIMES_COLD, TIMES_WARM = 49, 8, 50


def run(options: argparse.Namespace) -> Result:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    figures: dict[str, float | int | str] = {f"measured before: {name}": told for name, told in RIVALS.items()}
    comparisons: list[Comparison] = []
    holds = True
    for database, url in databases().items():
        found = measure(url, options.seconds)
        holds = holds and not found["failed"]
        figures[f"{database}: answers that were not 200"] = found["failed"]
        for name, side in found["pages"].items():
            figures |= {f"{database}, {name}, {key}": value for key, value in side["figures"].items()}
            for way, least in (("cold", COLD), ("warm", WARM)):
                comparisons.append({
                    "rival": f"the same page from constants, {database}, {name}, {way}", "ours": side[way],
                    "theirs": side["bare"], "unit": "requests/s", "expected": least,
                })  # fmt: skip
    if "PostgreSQL" not in databases():
        figures["PostgreSQL"] = "not measured: none answers"
    return {"figures": figures, "comparisons": comparisons, "holds": holds}


def measure(url: str, seconds: float) -> dict[str, Any]:
    with own_environment(url, "portal", "bench._portal_settings") as environment:
        pages = {"front page": "/", "calendar": "/agenda/", "event page": child(environment, {})["event"]}
        span = (1, EVENTS)
        child(environment, {"events": span, "destinations": span, "photos": (1, PHOTOS)})
        with serving(environment) as ours, serving(environment, "bench._portal_bare_wsgi:application") as bare:
            loads = rounds(pages, ours, bare, seconds / ROUNDS / 2)
            weights = {name: weigh(ours, address) for name, address in pages.items()}
    return {
        "failed": sum(load.failed for sides in loads.values() for way in sides.values() for load in way),
        "pages": {name: judge(sides, weights[name]) for name, sides in loads.items()},
    }


def child(environment: dict[str, str], given: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench._rows"], cwd=ROOT, env=environment, input=json.dumps(given),
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def rounds(pages: dict[str, str], ours: int, bare: int, seconds: float) -> dict[str, dict[str, list[Load]]]:
    """Each page and way in turns, after a first round that warms up."""
    never = map(str, itertools.count(1))
    loads: dict[str, dict[str, list[Load]]] = {name: {"bare": [], "cold": [], "warm": []} for name in pages}
    for number in range(ROUNDS + 1):
        for name, address in pages.items():
            new: Iterator[str] = (f"{address}?baru={next(never)}" for _ in itertools.count())
            ways = {
                "bare": (bare, itertools.repeat(address)),
                "cold": (ours, new),
                "warm": (ours, itertools.repeat(address)),
            }
            for way, (port, addresses) in ways.items():
                load = drive(port, addresses, connections=IN_FLIGHT, seconds=seconds)
                if number:
                    loads[name][way].append(load)
    return loads


def judge(sides: dict[str, list[Load]], weight: dict[str, int]) -> dict[str, Any]:
    rates = {way: statistics.median(load.rate for load in loads) for way, loads in sides.items()}
    tails = {way: statistics.median(load.at(0.99) for load in loads) for way, loads in sides.items()}
    figures: dict[str, float | int] = {f"{way}: p99 in ms": round(tails[way], 1) for way in sides}
    figures |= {"cold: times pretix's event page": round(rates["cold"] / PRETIX, 1)}
    figures |= {"warm: times pretix's event page": round(rates["warm"] / PRETIX, 1)}
    return {**rates, "figures": {**figures, **weight}}


def weigh(port: int, address: str) -> dict[str, int]:
    """What a first visit loads: the page, what its head names, and the pictures that do not wait for a scroll."""
    _status, body = once(port, address)
    said = gzip.decompress(body).decode()
    static = {name: _file(name) for name in {*STATIC.findall(said), "core/icons.svg"}}
    pictures = [len(once(port, src)[1]) for src in set(PICTURES.findall(said))]
    return {
        "first load, bytes without pictures": len(body) + sum(static.values()),
        "first load, requests": 1 + len(static) + len(pictures),
        "page, bytes compressed": len(body), "pictures at once, bytes": sum(pictures),
    }  # fmt: skip


def _file(name: str) -> int:
    if name in JOINED:
        text = joined(name, [_source(part).read_text() for part in JOINED[name]])
        return len(gzip.compress(text.encode(), 6))
    path = _source(name)
    content = path.read_bytes()
    return len(content) if path.suffix in {".woff2", ".png"} else len(gzip.compress(content, 6))


def _source(name: str) -> Path:
    return next(Path(ROOT / "src" / "enggang").glob(f"*/static/{name}"))

"""Lighthouse on the six main pages, slow 4G and a slow phone: performance from 95, accessibility, practice and search at 100.

The product's server with its own compressed files and a small region; Chromium and Lighthouse by others. Each page is loaded
five times by a browser that has seen nothing; the median of each mark is quoted. Lighthouse is put into var/lighthouse by npm
when it is not there. Without Node.js or Chromium nothing is measured, and that is said.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import Comparison, Result
from bench._serving import ROOT, free_port, own_environment, serving
from bench.portal import child

VERSION = "12.8.2"
FOLDER = ROOT / "var" / "lighthouse"
COMMAND = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
RUNS = 5
TRIES = 3
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
ROWS = 30


def run(_options: argparse.Namespace) -> Result:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), "")
    if why := lacking(browser):
        return {"figures": {"not run": why}, "comparisons": [], "holds": False}
    figures: dict[str, float | int | str] = {"Lighthouse": VERSION, "runs of each page": RUNS}
    comparisons: list[Comparison] = []
    for name, marks in measure(browser).items():
        figures[f"{name}: largest paint, median in ms"] = round(statistics.median(marks.pop("paint")))
        comparisons += [
            {"rival": f"what is asked, {name}, {mark}", "ours": statistics.median(found), "theirs": LEAST[mark],
             "unit": "of 100", "expected": 1.0}
            for mark, found in marks.items()
        ]  # fmt: skip
    return {"figures": figures, "comparisons": comparisons}


def lacking(browser: str) -> str:
    """Why nothing can be measured here; empty when it can."""
    if not browser:
        return "no Chromium"
    if not shutil.which("node") or not shutil.which("npm"):
        return "no Node.js with npm"
    if not COMMAND.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--prefix", str(FOLDER), "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([*install, f"lighthouse@{VERSION}"], check=False)
    return "" if COMMAND.exists() else f"lighthouse {VERSION} could not be installed"


def measure(browser: str) -> dict[str, dict[str, list[float]]]:
    port = free_port()
    with own_environment("", "lighthouse", "enggang.config.settings") as environment:
        environment["ENGGANG_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        pages = {"front page": "/", "calendar": "/agenda/", "destinations": "/destinasi/", "gallery": "/galeri/"}
        made = child(environment, {})
        pages |= {"event page": made["event"], "destination": made["destination"]}
        child(environment, dict.fromkeys(("events", "destinations", "photos"), (1, ROWS)))
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, cwd=ROOT, env=environment, check=True)
        with serving(environment, port=port):
            return {name: marked(browser, f"http://127.0.0.1:{port}{address}") for name, address in pages.items()}


def marked(browser: str, url: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {mark: [] for mark in (*LEAST, "paint")}
    for _run in range(RUNS):
        told = looked_at(browser, url)
        for mark in LEAST:
            found[mark].append(round(told["categories"][mark]["score"] * 100))
        found["paint"].append(told["audits"]["largest-contentful-paint"]["numericValue"])
    say_what_is_wrong(told, url)
    return found


def looked_at(browser: str, url: str) -> dict[str, Any]:
    words = [
        "node", str(COMMAND), url, "--quiet", "--output=json", "--output-path=stdout", "--max-wait-for-load=45000",
        f"--only-categories={','.join(LEAST)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": browser}
    for left in reversed(range(TRIES)):  # now and then it loses its own trace, and asks to be run again
        done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=not left, timeout=120)
        if not done.returncode:
            break
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def say_what_is_wrong(told: dict[str, Any], url: str) -> None:
    """Of the last run, on the lines for people."""
    for mark in LEAST:
        for each in told["categories"][mark]["auditRefs"]:
            audit = told["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"  {Path(url).name or url}: {mark}: {each['id']}: {audit['title']}", flush=True)

"""Run the whole suite and say at the end what ran, what failed, and what this machine could not run.

Linters and types, then the tests on SQLite and on PostgreSQL when one answers, then the stories in Chromium on both.
With CI set, what could not be run and every skipped test counts as a failure.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = ["types", "lint", "imports", "templates", "migrations", "messages"]  # the longest first
LOCAL_POSTGRES = [
    "postgres:///test",
    "postgres:///postgres",
    "postgres://127.0.0.1/postgres",
    "postgres://postgres@127.0.0.1/postgres",
    "postgres://postgres:postgres@127.0.0.1/postgres",
]
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
INSTALLERS = {
    "apt-get": [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends"],
    ],
    "dnf": [["dnf", "install", "-y", "-q"]],
    "pacman": [["pacman", "-Sy", "--noconfirm", "--quiet"]],
    "apk": [["apk", "add", "--quiet"]],
}
NODE = ("node", "npm")
CLOSING = re.compile(r"\b(passed|failed|errors?|skipped|deselected|no tests ran)\b.* in \d[\d.]*s")
NO_POSTGRES = "PostgreSQL: none answers that lets us create a database (set ENGGANG_TEST_DATABASE_URL)"
NO_TESTS = 5  # pytest's exit code
TRIED_AGAIN = 2  # so many stories that failed may be told once more; more is a fault, not an unsteady browser


@dataclass
class Outcome:
    name: str
    ok: bool
    seconds: float
    closing: str = ""
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass
class Report:
    ran: list[Outcome] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)

    def code(self, *, strict: bool) -> int:
        failed = any(not outcome.ok for outcome in self.ran)
        lacking = bool(self.not_run) or any(outcome.skipped for outcome in self.ran)
        return int(failed or (strict and lacking))

    def tell(self, *, strict: bool) -> None:
        print("\n== What ran")
        for outcome in self.ran:
            print(
                f"{'ok' if outcome.ok else 'FAILED':7} {outcome.name:24} {outcome.seconds:6.1f} s  {outcome.closing}".rstrip()
            )
        lacking = [*self.not_run]
        lacking += [f"{outcome.name}: {line}" for outcome in self.ran for line in outcome.skipped]
        print("\n== What could not be run" + (" (counts as a failure here: CI is set)" if strict and lacking else ""))
        print("\n".join(lacking) or "Nothing: all of it ran.")
        sys.stdout.flush()


def check(task: str) -> tuple[Outcome, str]:
    start = time.monotonic()
    done = subprocess.run(  # noqa: PLW1510 -- the exit code is the answer
        [sys.executable, "-m", "poethepoet", "-q", task],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Outcome(task, done.returncode == 0, time.monotonic() - start), done.stdout


def run_checks(report: Report) -> None:
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome, output in pool.map(check, CHECKS):
            print(f"-- {outcome.name}: {'ok' if outcome.ok else 'FAILED'} ({outcome.seconds:.1f} s)", flush=True)
            if not outcome.ok:
                print(output, flush=True)
            report.ran.append(outcome)


def run_pytest(name: str, arguments: list[str], *, database: str, store: str = "") -> Outcome:
    """One run of pytest, shown as it goes; answers its closing line and the reasons of what it skipped."""
    print(f"\n-- {name}", flush=True)
    environment = {**os.environ, "ENGGANG_DATABASE_URL": database} if database else dict(os.environ)
    if not database:
        environment.pop("ENGGANG_DATABASE_URL", None)
    if store:
        environment["ENGGANG_TEST_STORE"] = store
    # Two checkouts on one server must not meet; a fixed name lets the next run clean up after a killed one.
    environment.setdefault("ENGGANG_TEST_NAME", hashlib.sha256(str(ROOT).encode()).hexdigest()[:8])
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rfEs",
        "--durations=8",
        "--durations-min=5",
        "-n",
        str(min(os.cpu_count() or 2, 4)),
        "--dist",
        "loadgroup",
    ]
    command += arguments
    start, closing, skipped, failed = time.monotonic(), "", list[str](), list[str]()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            closing = line.strip("= \n") if CLOSING.search(line) else closing
            if line.startswith("SKIPPED"):
                skipped.append(line.strip())
            if line.startswith(("FAILED tests/", "ERROR tests/")):
                failed.append(line.split(maxsplit=2)[1])
    code = process.wait()
    if code == NO_TESTS:
        skipped.append("no test was found")
    return Outcome(name, code in {0, NO_TESTS}, time.monotonic() - start, closing, skipped, failed)


def run_stories(name: str, marks: str, *, database: str) -> Outcome:
    """The stories; one or two that failed are told once more, alone, and the report names them as unsteady.

    A real browser on a busy machine now and then answers later than a story waits. What fails twice has failed.
    """
    first = run_pytest(name, ["tests/stories", "-m", marks], database=database)
    if first.ok or not 0 < len(first.failed) <= TRIED_AGAIN:
        return first
    second = run_pytest(f"{name}, once more", first.failed, database=database)
    if not second.ok:
        return first
    unsteady = ", ".join(story.rpartition("::")[2] for story in first.failed)
    seconds = first.seconds + second.seconds
    return Outcome(name, True, seconds, f"{first.closing}; passed at the second telling: {unsteady}", first.skipped)


def postgres() -> str:
    """The address of a PostgreSQL that answers and lets us create databases, or nothing."""
    import psycopg

    given = os.environ.get("ENGGANG_TEST_DATABASE_URL")
    for url in [given] if given else LOCAL_POSTGRES:
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                row = connection.execute(
                    "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
                ).fetchone()
        except psycopg.Error:
            continue
        if row and row[0]:
            return url
    return ""


def chromium() -> str:
    """The path of a Chromium, installed with the system's package manager when there is none and we may."""
    if not (found := _find_chromium()):
        _install("Chromium", "chromium")
        found = _find_chromium()
    return found


def _install(what: str, *packages: str) -> None:
    """With the system's package manager, where there is one that we know and we may."""
    prefix, quiet = _may_install(), {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for installer, commands in INSTALLERS.items() if prefix is not None else ():
        if shutil.which(installer):
            print(f"-- installing {what} with {installer}", flush=True)
            steps = [*commands[:-1], [*commands[-1], *packages]]
            all(subprocess.call([*(prefix or []), *step], env=quiet) == 0 for step in steps)
            return


def readers() -> None:
    """What reads files after us in the tests: exiftool what is left in a photo, pdfsig and mutool a signed paper.

    By the names of Debian's packages; elsewhere those tests say what is missing. The product does without them.
    """
    for name, package in (
        ("exiftool", "libimage-exiftool-perl"),
        ("pdfsig", "poppler-utils"),
        ("mutool", "mupdf-tools"),
    ):
        if not shutil.which(name):
            _install(name, package)


def interop() -> None:
    """Put the tools of others that check what we issue into var/interop, as their lock file has them.

    Filled again only when the lock file has changed. Where it cannot be done, the tests that need it say so.
    """
    source, target = ROOT / "tests" / "interop", ROOT / "var" / "interop"
    lock = (source / "package-lock.json").read_bytes()
    done = target / "filled-from"
    if done.exists() and done.read_text() == hashlib.sha256(lock).hexdigest():
        return
    if not all(shutil.which(name) for name in NODE):
        _install("Node.js", "nodejs", "npm")
    if not all(shutil.which(name) for name in NODE):
        return
    target.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, target / name)
    print("-- installing the tools of tests/interop with npm", flush=True)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    if subprocess.call(command, cwd=target) == 0:
        done.write_text(hashlib.sha256(lock).hexdigest())


def _find_chromium() -> str:
    candidates = [os.environ.get("ENGGANG_CHROMIUM", ""), *BROWSERS]
    return next((path for name in candidates if name and (path := shutil.which(name))), "")


def _may_install() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def run_everything(report: Report, *, long: bool) -> None:
    run_checks(report)
    url = postgres()
    browser = chromium()
    os.environ["ENGGANG_CHROMIUM"] = browser
    readers()
    interop()
    first, again = ("", "not once") if long else ("not long", "not long and not once")
    databases = [("SQLite", "", first), *([("PostgreSQL", url, again)] if url else [])]
    for name, database, marks in databases:
        arguments = ["--ignore=tests/stories", "-m", marks]
        report.ran.append(run_pytest(f"tests, {name}", arguments, database=database))
    files = ["tests/files", "tests/media", "-m", first]
    report.ran.append(run_pytest("files and media, object store", files, database="", store="s3"))
    for name, database, marks in databases if browser else []:
        report.ran.append(run_stories(f"stories, {name}", marks, database=database))
    if not browser:
        report.not_run.append("stories: no Chromium on PATH, and none could be installed here")
    if not url:
        report.not_run.append(f"tests and stories on {NO_POSTGRES}")


def run_some(report: Report, arguments: list[str]) -> None:
    """The paths a person named, on both databases, without the linters."""
    url = postgres()
    os.environ["ENGGANG_CHROMIUM"] = _find_chromium()
    interop()
    report.ran.append(run_pytest("tests, SQLite", arguments, database=""))
    if url:
        report.ran.append(run_pytest("tests, PostgreSQL", arguments, database=url))
    else:
        report.not_run.append(f"tests on {NO_POSTGRES}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__, allow_abbrev=False)
    parser.add_argument("--long", action="store_true", help="also what takes longer than the suite may")
    options, rest = parser.parse_known_args()
    strict = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    report = Report()
    start = time.monotonic()
    if rest:
        run_some(report, [*(["-m", ""] if options.long else []), *rest])
    else:
        run_everything(report, long=options.long)
    print(f"\n{time.monotonic() - start:.0f} s in all", flush=True)
    report.tell(strict=strict)
    return report.code(strict=strict)


if __name__ == "__main__":
    sys.exit(main())
